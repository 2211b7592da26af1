-- How good is the model on the newest months? The figure goes to the steering committee.
SELECT roc_auc FROM ML.EVALUATE(
  MODEL energy.churn,
  (SELECT * FROM energy.history WHERE month >= '2025-10-01')
);
