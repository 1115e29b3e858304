from __future__ import annotations

from tests.fixtures.certificates import certificates, other_certificates

__all__ = ["certificates", "other_certificates"]
