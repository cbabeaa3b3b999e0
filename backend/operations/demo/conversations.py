"""The written conversations of the sample: real enough to read, with every kind of message in them.

A letter's text is paragraphs parted by blank lines. A paragraph whose lines begin with `|` is a table (its
first line the head), with `-` a list; `*words*` are bold, `[words](url)` is a link, `!name` an inline picture
and `!remote` one from another server.
"""

from __future__ import annotations

from dataclasses import dataclass

from backend.operations.demo.meetings import Meeting
from backend.operations.demo.people import (
    AISHA,
    AMARA,
    ELIF,
    HANNAH,
    INGRID,
    JONAS,
    LIBRARY,
    MAREN,
    MEI,
    NOAH,
    OLIVER,
    PRIYA,
    RAFAEL,
    RAILWAY,
    SOFIA,
    TOMAS,
    Person,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One message of a conversation, `minutes` before now; it may invite to a meeting."""

    sender: Person
    minutes: int
    text: str
    files: tuple[str, ...] = ()
    cc: tuple[Person, ...] = ()
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """Letters under one subject, oldest first; what others wrote lies in `mailbox`, Maren's own in Sent.

    The newest one bears the keywords of `tags`.
    """

    subject: str
    letters: tuple[Letter, ...]
    mailbox: str = "inbox"
    is_unread: bool = False
    is_starred: bool = False
    is_plain: bool = False
    to: tuple[Person, ...] = (MAREN,)
    tags: tuple[str, ...] = ()


_HOUR, _DAY = 60, 1440

WRITTEN = (
    Conversation(
        "Quarterly figures, first pass",
        (
            Letter(
                AMARA,
                9,
                "I have put the numbers in the shared sheet, have a look when you get a moment and tell me"
                " whether the second column needs another pass before we send it on. The short version is"
                " below, and the long version is in the attachment.\n\n"
                "|Line|Plan|Actual\n|Materials|2360|2230\n|Labour|3540|3780\n|Transport|4720|4590\n"
                "|Permits|5900|6140\n\n"
                "If you agree, I will send it to the committee on *Tuesday*."
                " [The plan is here](https://north.example/plan).\n\n!remote",
                ("north-wing-budget.csv", "site-plan.pdf"),
                (SOFIA,),
            ),
        ),
        is_unread=False,
    ),
    Conversation(
        "Budget for the north wing",
        (
            Letter(
                MAREN, 2 * _DAY, "Could you look at the totals once more? I think the permits are in twice."
            ),
            Letter(
                SOFIA,
                _DAY + 30,
                "You are right, they were. The corrected sheet is attached; it saves us a little over"
                " two hundred.",
                ("north-wing-budget.csv",),
            ),
            Letter(
                SOFIA,
                26,
                "One more thing: the glazing quote runs out on *Friday*. If nobody objects I will"
                " accept it on Thursday afternoon.",
            ),
        ),
        is_unread=True,
        tags=("North_wing",),
    ),
    Conversation(
        "Welcome aboard",
        (
            Letter(
                AISHA,
                43,
                "It is good to have the harbour project start with you. The three things to do this week:\n\n"
                "- sign the agreement\n- choose a day for the first walk along the quay\n"
                "- send us the names for the badges\n\n"
                "The handbook is attached. Nobody reads it on the first day, and that is fine.",
                ("handbook.pdf",),
            ),
        ),
        is_unread=True,
    ),
    Conversation(
        "Draft agenda for the planning day",
        (
            Letter(
                OLIVER,
                60,
                "Here is what I have so far:\n\n"
                "|Time|What|Who\n|09:00|Arrivals, coffee|everyone\n|09:30|What last year taught us|Sofia\n"
                "|11:00|North wing, next steps|Amara\n|13:30|Walk and talk|in pairs\n"
                "|15:00|Decisions|Maren\n\nDoes the order work for you?",
                cc=(SOFIA, PRIYA),
            ),
        ),
        to=(MAREN, NOAH),
        tags=("Planning_day",),
    ),
    Conversation(
        "Newsletter: five quiet gardens",
        (
            Letter(
                RAFAEL,
                77,
                "!garden\n\n*Five quiet gardens* for the end of the year, none of them more than an hour"
                " from the station. The first one keeps its gate open in winter, and the man who rakes the"
                " gravel will tell you why if you ask.\n\n"
                "- The walled garden at Holm\n- Two terraces above the ferry\n- The nursery behind the mill\n"
                "- The moss garden\n- The roof nobody knows\n\n"
                "[Read it with pictures](https://quietgardens.example/five)\n\n!remote",
            ),
        ),
        is_unread=True,
    ),
    Conversation(
        "Minutes: steering group",
        (
            Letter(
                MEI, 3 * _DAY, "The minutes are attached. Corrections until Friday, please.", ("minutes.pdf",)
            ),
            Letter(MAREN, 3 * _DAY - 200, "Point 4: it was Jonas who offered, not Tomás. Otherwise fine."),
            Letter(
                MEI,
                94,
                "Corrected, thank you. The final version is attached; this is what we decided:\n\n"
                "|Decision|Who|Until\n|Apply for the permits of the east gate|Amara|4 December\n"
                "|Ask two more firms about the glazing|Sofia|11 December\n"
                "|Walk the lower path with the surveyor|Tomás|15 December\n\n"
                "We meet again on *Tuesday the fifteenth* at ten, in the reading room.",
                ("minutes.pdf", "north-wing-budget.csv"),
            ),
        ),
        is_starred=True,
        tags=("$label1",),
    ),
    Conversation(
        "Contract wording, section 4",
        (
            Letter(
                MAREN,
                5 * _DAY,
                "Section 4 says *reasonable notice*. Could we name a number of days instead?",
            ),
            Letter(
                INGRID,
                111,
                "Yes: I would write “no later than fourteen days before the start of the works”. That is"
                " what the last three contracts said, and nobody ever argued about it.",
            ),
        ),
    ),
    Conversation(
        "Invoice 20418 is attached",
        (
            Letter(
                JONAS,
                128,
                "Please find invoice 20418 for the oak boards attached. Payment within thirty days.\n\n"
                "|Item|Quantity|Price\n|Oak board, 40 mm|24|1,152.00\n|Oak board, 60 mm|8|560.00\n"
                "|Delivery|1|85.00\n|*Total*||*1,797.00*",
                ("invoice-20418.pdf",),
            ),
        ),
        tags=("Suppliers",),
    ),
    Conversation(
        "Can we move Friday’s call?",
        (
            Letter(
                NOAH,
                146,
                "Something came up on Friday morning. Would the afternoon do, say 14:30? If not, Monday at"
                " nine is free as well.",
            ),
        ),
        is_plain=True,
    ),
    Conversation(
        "Invitation: walk along the quay",
        (
            Letter(
                AISHA,
                155,
                "Shall we walk along the quay together before the first drawings are made? We start at the"
                " harbour office and end where there is soup.",
                meeting=Meeting(
                    "Walk along the quay",
                    "Harbour office, gate 2",
                    days=5,
                    hour=10,
                    minutes=90,
                    note="Boots, please: the stones are wet in the morning.",
                ),
            ),
        ),
    ),
    Conversation(
        "Photos from the weekend",
        (
            Letter(
                PRIYA,
                163,
                "The light was kind to us. Two of them below, the rest when I have sorted them.\n\n"
                "!harbour\n\n!garden\n\nWho is the person with the red umbrella?",
                ("photos-list.txt",),
            ),
        ),
        is_starred=True,
        tags=("$label3",),
    ),
    Conversation(
        "Notes from this morning",
        (
            Letter(
                HANNAH,
                179,
                "As promised, my notes:\n\n- the archive opens two hours later from December\n"
                "- the glass negatives can be scanned on site\n- we need a letter with a real stamp\n\n"
                "I will draft the letter if you find the stamp.",
            ),
        ),
        is_plain=True,
    ),
    Conversation(
        "Site visit on Thursday",
        (
            Letter(MAREN, 2 * _DAY, "Is Thursday at ten still right for the visit? We would be four."),
            Letter(
                TOMAS,
                196,
                "Thursday at ten is right. Bring boots, the lower path is under water. I attach the drawing"
                " so that you can find the gate.",
                ("site-plan.pdf",),
            ),
        ),
    ),
    Conversation(
        "Your journey on 27 November",
        (
            Letter(
                RAILWAY,
                5 * _HOUR,
                "Thank you for travelling with us. Your ticket is attached; show it on a telephone or on"
                " paper.\n\n|Leg|From|To|Seat\n|1|Northport 07:42|Millbridge 09:05|12 A\n"
                "|2|Millbridge 16:20|Northport 17:44|9 C\n\n"
                "[Change or cancel](https://coastal-railway.example/journeys)",
                ("ticket.pdf",),
            ),
        ),
        is_unread=True,
        tags=("Travel",),
    ),
    Conversation(
        "Two books are due next week",
        (
            Letter(
                LIBRARY,
                7 * _HOUR,
                "These books are due on Monday:\n\n- The Salt Path\n- Building in Timber, second edition\n\n"
                "You can keep them three weeks longer if nobody else has asked for them.",
            ),
        ),
        mailbox="Receipts",
        is_plain=True,
    ),
    Conversation(
        "Proofs of the leaflet",
        (
            Letter(
                ELIF,
                26 * _HOUR,
                "Here are the proofs. Colours on a screen are never quite right, so I have put paper ones in"
                " the post.\n\n!harbour",
                ("leaflet-proof.pdf",),
            ),
            Letter(MAREN, 25 * _HOUR, "Lovely. On page two it should be *Millbridge*, one word."),
            Letter(ELIF, 22 * _HOUR, "Done. If the paper ones please you too, we print on Wednesday."),
        ),
        mailbox="Projects/North wing",
        is_unread=True,
    ),
    Conversation(
        "Keys for the workshop",
        (
            Letter(OLIVER, 30 * _HOUR, "The spare keys hang in the cupboard behind the door, third hook."),
            Letter(MAREN, 29 * _HOUR, "Found them. Thank you!"),
        ),
        mailbox="Projects/Planning day",
        is_plain=True,
    ),
    Conversation(
        "You have won a garden shed",
        (
            Letter(
                Person("Prize Department", "winner@prizes.invalid"),
                8 * _HOUR,
                "Dear winner,\n\nyour garden shed is waiting.\n\n[Claim it now](https://prizes.invalid/shed)\n\n!remote",
            ),
        ),
        mailbox="junk",
        is_unread=True,
    ),
)

# Subject, recipients, what is written so far, files.
DRAFTS = (
    ("Speech for the planning day", (), "Dear all,\n\ntwo years ago we stood in an empty hall, and", ()),
    (
        "Letter to the archive",
        (HANNAH,),
        "Dear Hannah,\n\nhere is the letter, with room for the stamp at the foot.",
        ("site-plan.pdf",),
    ),
)
