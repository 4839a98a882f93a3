"""The reader's choice: shared filters, the same names in pages, addresses and on the command line.

Each filter is declared once (campaign/filters/shared.py, attributes.py); `Filters` is what a query takes. `parse` reads an address strictly
(FilterError names the parameter), `lenient` drops what is wrong, as a page does.
"""

from campaign.core.nomenclatures import Nomenclature as Nomenclature
from campaign.filters.address import lenient as lenient
from campaign.filters.address import parse as parse
from campaign.filters.attributes import ACCESSIBILITIES as ACCESSIBILITIES
from campaign.filters.attributes import ATTENDANCE_MODES as ATTENDANCE_MODES
from campaign.filters.attributes import AUDIENCES as AUDIENCES
from campaign.filters.choice import Filters as Filters
from campaign.filters.choice import Lang as Lang
from campaign.filters.choice import Near as Near
from campaign.filters.choice import Unit as Unit
from campaign.filters.kinds import FIRST_DAY as FIRST_DAY
from campaign.filters.kinds import LAST_DAY as LAST_DAY
from campaign.filters.known import Codes as Codes
from campaign.filters.known import codes as codes
from campaign.filters.registry import all_filters as all_filters
from campaign.filters.registry import filter_name as filter_name
from campaign.filters.registry import names as names
from campaign.filters.registry import register as register
from campaign.filters.shared import DEFAULT_RADIUS_KM as DEFAULT_RADIUS_KM
from campaign.filters.shared import MAX_IDS as MAX_IDS
from campaign.filters.shared import MAX_RADIUS_KM as MAX_RADIUS_KM
from campaign.filters.shared import MAX_SEARCH_LENGTH as MAX_SEARCH_LENGTH
from campaign.filters.shared import UNITS as UNITS
from campaign.filters.shared import is_extended as is_extended
