"""Keep the module name under which stored bundles refer to the transformer. Not for new imports."""
