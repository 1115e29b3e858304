"""Execution on a Dask cluster; imported only where one is configured."""
