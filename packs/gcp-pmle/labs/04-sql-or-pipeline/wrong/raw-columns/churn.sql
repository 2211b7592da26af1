-- Which customers will leave within a month? Trained on the snapshots of the year.
CREATE OR REPLACE MODEL energy.churn
OPTIONS(
  model_type = 'LOGISTIC_REG',
  input_label_cols = ['left_us'],
  data_split_method = 'RANDOM',
  data_split_eval_fraction = 0.2
) AS
SELECT tenure, bill, kwh, app_visits, tariff, left_us
FROM energy.history;
