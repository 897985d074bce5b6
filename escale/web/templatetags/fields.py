"""Show the fields of forms as our components need them."""

from __future__ import annotations

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def bare(field: BoundField) -> SafeString:
    """Render the control of a field without a placeholder: the label says it, and stays when one types."""
    return field.as_widget(attrs={"placeholder": False})
