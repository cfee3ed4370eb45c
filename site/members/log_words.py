"""What the record of changes calls things about people."""

from django.utils.translation import gettext_lazy as _

#: Action → words. The name is `tsunagu.<thing>.<verb>`.
ACTIONS = {
    "tsunagu.invitation.send": _("職員を招待"),
    "tsunagu.invitation.withdraw": _("職員の招待を取り消し"),
    "tsunagu.invitation.accept": _("職員の招待を受けた"),
    "tsunagu.substitution.begin": _("代わりの担当を決めた"),
    "tsunagu.substitution.end": _("代わりの担当を終えた"),
}
