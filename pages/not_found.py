"""What does an unknown address get?"""

from campaign.core.language import _
from campaign.view.components import figures

figures.answer("overview", _("Cette page n'existe pas."), _("Le menu ci-dessus mène à toutes les pages."))
