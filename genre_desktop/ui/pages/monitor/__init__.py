"""The Monitor page: statistics, alerts and scheduled jobs."""
