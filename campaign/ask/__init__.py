"""Questions in a reader's own words: what they ask for, as a choice and a page, and the views that answer with their number."""

from campaign.ask.answers import Answer as Answer
from campaign.ask.answers import Reply as Reply
from campaign.ask.answers import reply as reply
from campaign.ask.reading import LONGEST as LONGEST
