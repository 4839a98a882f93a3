"""Who can use this dashboard, what was tried, and whom to tell?"""

from campaign.core.language import _
from campaign.view import accessibility
from campaign.view.components import figures
from campaign.view.frame import choice

figures.answer("accessibility", _("Accessibilité : non conforme faute d'audit complet ; voici ce qui a été essayé."))
accessibility.draw()
figures.source_line(choice.current())
