-- Which customers will leave within a month? Trained on the snapshots of the year.
CREATE OR REPLACE MODEL energy.churn
TRANSFORM(
  -- Contracts end after a year: what counts is the distance from that day.
  ABS(tenure - 365) AS from_renewal,
  LN(bill) AS log_bill,
  ML.STANDARD_SCALER(kwh) OVER () AS kwh_scaled,
  app_visits,
  tariff,
  left_us
)
OPTIONS(
  model_type = 'LOGISTIC_REG',
  input_label_cols = ['left_us'],
  data_split_method = 'RANDOM',
  data_split_eval_fraction = 0.2
) AS
SELECT tenure, bill, kwh, app_visits, tariff, left_us
FROM energy.history;
