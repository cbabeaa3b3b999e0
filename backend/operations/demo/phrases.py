"""Words from which the everyday letters of the sample are put together."""

from __future__ import annotations

SUBJECTS = (
    "Lunch on {day}?",
    "Samples for the reading room",
    "Measurements of the {place}",
    "Question about the {place}",
    "Numbers for {day}",
    "Timber for the {place}",
    "Who has the drawings of the {place}?",
    "Notes on the {place}",
    "Delivery on {day}",
    "The {place} needs paint",
    "Idea for the {place}",
    "Reading list",
    "Offer for the {place}",
    "Reminder: {day}",
    "Thank you for {day}",
    "List of plants for the {place}",
)
PLACES = (
    "north wing",
    "boat house",
    "orchard",
    "lower path",
    "glass house",
    "reading room",
    "kitchen",
    "tower stairs",
    "workshop",
    "ferry landing",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "the weekend")
SENTENCES = (
    "I walked past the {place} this morning and took some measurements.",
    "The offer for the {place} came in a little lower than we thought.",
    "Could you tell me by {day} whether that suits you?",
    "There is no hurry, but I would like to have it settled before {day}.",
    "The paint on the {place} will need two dry days.",
    "Jonas can bring the boards on {day} if somebody is there to open the gate.",
    "I have asked the others as well and will put the answers together.",
    "If it rains we meet in the {place} instead.",
    "The drawings are older than we thought; the scale is in feet.",
    "Sofia knows the details, she was there the last time.",
    "I would rather do it slowly and once than fast and twice.",
    "Please bring your own cup, the {place} has only four.",
    "The second column of the sheet is still empty.",
    "We should write down who has which key.",
    "It was a pleasure to see how far the {place} has come.",
    "Nothing is decided yet, I only want to hear what you think.",
    "The numbers are the same as in spring, apart from the transport.",
    "Somebody left a blue coat in the {place}.",
    "I have moved the appointment to {day}, ten o’clock.",
    "The photographs will follow when I am back at my desk.",
)
CLOSINGS = ("Kind regards", "Best wishes", "See you soon", "Thank you", "Warmly")
