-- The call list of the retention desk. Four more teams have their own copy of this query.
-- They select the columns as they are, and none of them can be asked to change that.
CREATE OR REPLACE TABLE energy.scores AS
SELECT customer_id, one.prob AS p_leave
FROM ML.PREDICT(
  MODEL energy.churn,
  (SELECT customer_id, tenure, bill, kwh, app_visits, tariff FROM energy.today)
), UNNEST(predicted_left_us_probs) AS one
WHERE one.label = 1;
