"""Report forms as data: what each era asks, in which cell, and which sums must hold.

A :class:`Form` is the official form of an era, read from ``law/forms``. A :class:`FilledForm` is that form
with cells in it, whoever filled them: people, records, units rolled up, or a published report.
The same form, relations and places serve the platform, the reader of published reports and the checks.
"""

from gongkai.core.forms.filled import Cell, FilledForm, State, cell_of
from gongkai.core.forms.form import (
    Column,
    Form,
    Heading,
    Place,
    Relation,
    Row,
    Section,
    Table,
    Term,
    UnknownPlace,
)
from gongkai.core.forms.loading import (
    FormError,
    UnknownForm,
    form,
    form_with_tables,
    forms,
    forms_of_year,
)

__all__ = [
    "Cell",
    "Column",
    "FilledForm",
    "Form",
    "FormError",
    "Heading",
    "Place",
    "Relation",
    "Row",
    "Section",
    "State",
    "Table",
    "Term",
    "UnknownForm",
    "UnknownPlace",
    "cell_of",
    "form",
    "form_with_tables",
    "forms",
    "forms_of_year",
]
