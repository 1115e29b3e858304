"""Client of a team's shared MLflow server: sync, publication, promotion. The desktop serves from its own registry."""
