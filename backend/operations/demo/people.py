"""Who belongs to the sample organisation, and who writes to it from outside."""

from __future__ import annotations

from dataclasses import dataclass

from backend.formats.addresses import Mailbox

DOMAIN = "example.org"
SECOND_DOMAIN = "gardens.example"
ADMINISTRATOR = "keeper"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address."""

    name: str
    address: str
    sends_newsletter: bool = False

    @property
    def mailbox(self) -> Mailbox:
        """As header fields have it."""
        localpart, _, domain = self.address.partition("@")
        return Mailbox(self.name, localpart, domain)

    @property
    def first_name(self) -> str:
        """How a letter begins."""
        return self.name.split()[0]


def _inside(name: str, domain: str = DOMAIN) -> Person:
    return Person(name, f"{name.lower().replace(' ', '.')}@{domain}")


MAREN = _inside("Maren Holt")
SOFIA = _inside("Sofia Rossi")
OLIVER = _inside("Oliver Grant")
NOAH = _inside("Noah Bennett")
PRIYA = _inside("Priya Nair")
INGRID = _inside("Ingrid Solberg", SECOND_DOMAIN)
# Maren is the one whose mailbox is full of life.
USERS = (MAREN, SOFIA, OLIVER, NOAH, PRIYA, INGRID)
DOMAIN_ADMINISTRATORS = (MAREN, INGRID)
# A mailbox for measuring, made only where it is asked for.
ARCHIVIST = Person("Archive Desk", f"archive.desk@{DOMAIN}")

AMARA = Person("Amara Okafor", "amara.okafor@north.example")
AISHA = Person("Aisha Rahman", "aisha.rahman@harbour.example")
RAFAEL = Person("Rafael Costa", "rafael@quietgardens.example", sends_newsletter=True)
MEI = Person("Mei Tanaka", "mei.tanaka@north.example")
JONAS = Person("Jonas Lindqvist", "jonas.lindqvist@lindqvist-timber.example")
HANNAH = Person("Hannah Weiss", "hannah.weiss@weiss-archive.example")
TOMAS = Person("Tomás Rivera", "tomas.rivera@rivera-surveys.example")
ELIF = Person("Elif Demir", "elif@demir-print.example")
RAILWAY = Person("Coastal Railway", "tickets@coastal-railway.example")
LIBRARY = Person("City Library", "notices@library.example")
OUTSIDERS = (AMARA, AISHA, RAFAEL, MEI, JONAS, HANNAH, TOMAS, ELIF)

# Localpart, domain, targets.
ALIASES = (
    ("office", DOMAIN, (MAREN.address, SOFIA.address)),
    ("team", DOMAIN, tuple(user.address for user in USERS)),
    ("invoices", DOMAIN, (NOAH.address,)),
    ("hello", SECOND_DOMAIN, (INGRID.address, RAFAEL.address)),
)
