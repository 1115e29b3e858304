"""The bill of materials (CycloneDX 1.6, JSON) of a bundle, from the list of parts that the build left in it."""

from __future__ import annotations

import json
from pathlib import Path

from cyclonedx.factory.license import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from genre_desktop import __version__


def build(bundle: Path, folder: Path) -> Path:
    """Write ``genre-desktop-VERSION.cdx.json`` into ``folder``; returns it.

    Raises
    ------
    ValueError
        When the document does not fit CycloneDX's own schema.
    """
    parts = json.loads((bundle / "_internal" / "resources" / "parts.json").read_text("utf-8"))
    program = Component(name="genre-desktop", version=__version__, type=ComponentType.APPLICATION)
    program.licenses.add(LicenseFactory().make_from_string("MIT"))
    bom = Bom(components=[_component(part) for part in parts])
    bom.metadata.component = program
    bom.register_dependency(program, list(bom.components))
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem:
        raise ValueError(f"the bill of materials is not valid: {problem}")
    target = folder / f"genre-desktop-{__version__}.cdx.json"
    target.write_text(text, "utf-8")
    return target


def _component(part: dict[str, str]) -> Component:
    space = "debian" if part["kind"] == "deb" else None
    address = PackageURL(part["kind"], space, part["name"].lower(), part["version"])
    found = Component(
        bom_ref=str(address),
        name=part["name"],
        version=part["version"],
        type=ComponentType.LIBRARY,
        purl=address,
        external_references=[
            ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part["address"]))
        ],
    )
    if part["licence"]:
        found.licenses.add(LicenseFactory().make_from_string(part["licence"]))
    return found
