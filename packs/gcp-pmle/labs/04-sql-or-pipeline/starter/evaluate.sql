-- How good is the model? The figure goes to the steering committee.
SELECT roc_auc FROM ML.EVALUATE(MODEL energy.churn);
