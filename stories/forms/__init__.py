from stories.forms.asking import AnswerForm
from stories.forms.jot import JotForm
from stories.forms.leaving import ReminderForm
from stories.forms.photos import ChangePhotoForm, PhotoForm
from stories.forms.reach import ReachForm, SafetyForm
from stories.forms.sections import SAFETY, SECTIONS, SENDING, Section, SendForm, section_of

__all__ = [
    "SAFETY",
    "SECTIONS",
    "SENDING",
    "AnswerForm",
    "ChangePhotoForm",
    "JotForm",
    "PhotoForm",
    "ReachForm",
    "ReminderForm",
    "SafetyForm",
    "Section",
    "SendForm",
    "section_of",
]
