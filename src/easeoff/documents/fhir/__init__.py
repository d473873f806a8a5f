"""The plan as FHIR R4 (4.0.1): a document of drafts to propose, checked before it is written, and readable back."""

from easeoff.documents.fhir.bundle import StepStyle, fhir_bundle
from easeoff.documents.fhir.checks import check_bundle
from easeoff.documents.fhir.reading import FhirDose, read_fhir_doses, read_fhir_plan

__all__ = ["FhirDose", "StepStyle", "check_bundle", "fhir_bundle", "read_fhir_doses", "read_fhir_plan"]
