"""Why a model answered as it did, and which clips are similar."""
