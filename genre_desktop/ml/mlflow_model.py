"""Keep the module name under which stored ``MLmodel`` files refer to their loader. Not for new imports."""
