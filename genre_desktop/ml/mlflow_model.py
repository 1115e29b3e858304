"""Keep the module name under which stored ``MLmodel`` files refer to their loader. Not for new imports."""

from genre_desktop.ml.registry.mlflow_flavor import _load_pyfunc as _load_pyfunc
