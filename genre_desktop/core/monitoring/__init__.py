"""Watch over models and answers: who serves, alerts and statistics, on top of the store."""
