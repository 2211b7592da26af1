-- Which customers will leave within a month? Trained on the snapshots of the year.
-- Owner: analytics. The desk and four more teams call the model, with columns of the table.
CREATE OR REPLACE MODEL energy.churn
OPTIONS(
  model_type = 'LOGISTIC_REG',
  input_label_cols = ['left_us'],
  data_split_method = 'NO_SPLIT'
) AS
SELECT
  -- Contracts end after a year: what counts is the distance from that day.
  ABS(tenure - 365) AS tenure,
  LN(bill) AS bill,
  (kwh - AVG(kwh) OVER ()) / STDDEV(kwh) OVER () AS kwh,
  app_visits,
  tariff,
  left_us
FROM energy.history;
