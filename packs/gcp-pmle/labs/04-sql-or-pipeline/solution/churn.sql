-- Which customers will leave within a month? Trained on the snapshots of the year.
-- Owner: analytics. The desk and four more teams call the model, with columns of the table.
CREATE OR REPLACE MODEL energy.churn
TRANSFORM(
  -- Contracts end after a year: what counts is the distance from that day.
  ABS(tenure - 365) AS from_renewal,
  LN(bill) AS log_bill,
  ML.STANDARD_SCALER(kwh) OVER () AS kwh_scaled,
  app_visits,
  tariff,
  month,
  left_us
)
OPTIONS(
  model_type = 'LOGISTIC_REG',
  input_label_cols = ['left_us'],
  -- The newest fifth is held out; `month` itself is no feature.
  data_split_method = 'SEQ',
  data_split_col = 'month',
  data_split_eval_fraction = 0.2
) AS
SELECT tenure, bill, kwh, app_visits, tariff, month, left_us
FROM energy.history;
