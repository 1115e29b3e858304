"""Keep the module name under which stored bundles refer to the transformer. Not for new imports."""

from genre_desktop.ml.features.transformer import Forms as Forms
