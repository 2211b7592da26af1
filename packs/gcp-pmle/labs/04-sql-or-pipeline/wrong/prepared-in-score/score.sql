-- The call list of the retention desk, with the preparation of churn.sql written out again.
CREATE OR REPLACE TABLE energy.scores AS
SELECT customer_id, one.prob AS p_leave
FROM ML.PREDICT(
  MODEL energy.churn,
  (
    SELECT
      customer_id,
      ABS(tenure - 365) AS tenure,
      LN(bill) AS bill,
      (kwh - AVG(kwh) OVER ()) / STDDEV(kwh) OVER () AS kwh,
      app_visits,
      tariff
    FROM energy.today
  )
), UNNEST(predicted_left_us_probs) AS one
WHERE one.label = 1;
