"""What a user asks for. One tagged union; each way in is a member, told apart by ``kind``."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self, TypeAlias, get_args
from uuid import UUID

from pydantic import Discriminator, Field, RootModel, StringConstraints, Tag, TypeAdapter, model_validator

from contracts.inserts import INSERTS_MAX, InsertChoice
from contracts.looks import COLOUR, Branding, Colour, Filters, FontName, TransitionStyle
from contracts.outputs import PresetName, Quality, Speed
from contracts.showcase import CALL_CHARS, PRODUCTS_MAX, CardLook, ShownProduct, TemplateName
from contracts.values import Asked

SCRIPT_MAX_CHARS = 5_000
TITLE_MAX_CHARS = 200
FOOTAGE_MAX = 60
VARIANTS_MAX = 10
CONTEXT_MAX_CHARS = 2_000
LENGTH_MIN_S, LENGTH_MAX_S = 3.0, 180.0

# PostgreSQL and subtitles have no place for it.
NO_NUL = r"^[^\x00]*$"

LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$"
_PROJECT = r"^[a-z0-9][a-z0-9_-]{0,63}$"
_VOICE = r"^[A-Za-z0-9_\-+]{1,64}$"
_MODEL = r"^[A-Za-z0-9_.\-]{1,64}$"
_SAVED = r"^\w[\w .\-]{0,39}$"
# What to write instead, for whoever wrote something that does not fit.
HINTS = {
    NO_NUL: "it holds a NUL character",
    COLOUR: 'a colour such as "#FFD60A" is needed',
    LANGUAGE: 'a language such as "en" or "ro" is needed',
    _PROJECT: "a name of small letters, digits, - and _ is needed",
    _VOICE: "a voice's name is needed, as `edit-factory doctor` lists them",
    _MODEL: 'a model such as "eleven_flash_v2_5" is needed',
    _SAVED: "a name of 1 to 40 letters, digits, spaces, dots, - and _ is needed",
}

# The steps after which a user may want to look: what is said, how it is spoken, which pictures are shown.
Gate = Literal["script", "voice", "plan"]

ProjectName = Annotated[str, StringConstraints(pattern=_PROJECT)]


SavedName = Annotated[str, StringConstraints(pattern=_SAVED)]


class Voice(Asked):
    """A voice and how fast it speaks. ``auto`` takes the best offline voice for the language.


    ``name`` is a voice of this machine, or with ``elevenlabs`` the id of one of its voices. What follows ``speed`` is
    for ElevenLabs alone; the defaults are that service's own. ``fallback`` tells who speaks if it can't.
    """

    provider: Literal["auto", "piper", "espeak", "elevenlabs"] = "auto"
    name: Annotated[str, StringConstraints(pattern=_VOICE)] | None = None
    speed: float = Field(default=1.0, ge=0.5, le=2.0)
    model: Annotated[str, StringConstraints(pattern=_MODEL)] | None = None
    stability: float = Field(default=0.5, ge=0.0, le=1.0)
    similarity: float = Field(default=0.75, ge=0.0, le=1.0)
    style: float = Field(default=0.0, ge=0.0, le=1.0)
    fallback: Literal["none", "offline"] = "none"

    @model_validator(mode="after")
    def _fits_its_provider(self) -> Self:
        if self.provider == "elevenlabs":
            if self.name is None:
                raise ValueError("an ElevenLabs voice needs its id as name")
            return self
        plain = type(self).model_fields
        for name in ("model", "stability", "similarity", "style"):
            if getattr(self, name) != plain[name].default:
                raise ValueError(f"{name} is only for the provider elevenlabs")
        return self


class VoiceChoice(Voice):
    """Who speaks: a voice, or by ``saved`` one that the user's profile keeps under a name of its own.

    ``saved`` never travels: the gateway puts the voice itself in its place, so that what is asked is what is spoken.
    """

    saved: SavedName | None = Field(default=None, exclude_if=lambda name: name is None)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.saved is not None and self.model_fields_set != {"saved"}:
            raise ValueError("a saved voice stands by itself; leave out provider, name and speed")
        return self


class SilenceRule(Asked):
    """Gaps in the voice longer than ``over_s`` are shortened, ``keep_s`` stays on each side. Seconds."""

    shorten: bool = True
    over_s: float = Field(default=0.25, ge=0.1, le=5.0)
    keep_s: float = Field(default=0.06, ge=0.0, le=1.0)

    @model_validator(mode="after")
    def _keeps_less_than_it_looks_for(self) -> Self:
        if 2 * self.keep_s > self.over_s:
            raise ValueError("keep_s is kept on both sides, so it may be at most half of over_s")
        return self


class SubtitleStyle(Asked):
    """How the words look. Sizes in pixels of a picture 1080 wide (or 1080 high if it lies)."""

    preset: Literal["karaoke", "clean", "none", "pop", "boxed", "glow"] = Field(
        default="karaoke",
        description="karaoke: the highlight runs through the words; pop: the spoken word grows; boxed: on a box; glow: "
        "the spoken word shines; clean: nothing moves; none: no subtitles",
    )
    font: FontName = "Lato"
    size: int = Field(default=48, ge=16, le=160)
    colour: Colour = "#FFFFFF"
    highlight: Colour = "#FFD60A"
    outline: int = Field(default=3, ge=0, le=12)
    outline_colour: Colour = "#000000"
    shadow: int = Field(default=0, ge=0, le=4)
    glow: int = Field(default=0, ge=0, le=10)
    y: float = Field(
        default=0.85, ge=0.1, le=0.95, description="Where the last line stands, from the top, as a share of the height"
    )
    glow_colour: Colour | None = Field(
        default=None, description="null: the highlight's in the preset glow, else the outline's"
    )
    pop_strength: float = Field(default=0.2, ge=0.0, le=0.5, description="By what share the spoken word grows in pop")
    box_colour: Colour = "#000000"
    box_opacity: float = Field(default=0.7, ge=0.0, le=1.0, description="Of the box in boxed; 0: not seen, 1: solid")
    box_padding: int = Field(default=20, ge=0, le=80, description="From the words to the box's sides")
    box_radius: int = Field(default=18, ge=0, le=80, description="Of the box's corners; 0: not round")


class MusicChoice(Asked):
    """A music asset under the voice. ``gain_db`` is its level before ducking."""

    asset: UUID
    gain_db: float = Field(default=-14.0, ge=-40.0, le=6.0)
    duck: bool = True


class SoundWish(Asked):
    """What becomes of the footage's own sound: kept, or left out. Under a voice-over it is turned down (``duck``) or
    left out where the voice speaks (``mute``). ``gain_db`` is its level.
    """

    original: bool = True
    under_voice: Literal["duck", "mute"] = "duck"
    gain_db: float = Field(default=0.0, ge=-40.0, le=12.0)


class EncoderWish(Asked):
    """Overrides of the preset's own encoder settings."""

    crf: int | None = Field(default=None, ge=10, le=40)
    speed: Speed | None = None


class _Video(Asked):
    """What every way in asks for."""

    title: Annotated[str, StringConstraints(max_length=TITLE_MAX_CHARS, pattern=NO_NUL)] = ""
    project: ProjectName | None = Field(
        default=None, description="Of the jobs of one project at most one is under way; a second one gets 409"
    )
    language: Annotated[str, StringConstraints(pattern=LANGUAGE)] = "en"
    voice: VoiceChoice = VoiceChoice()
    silence: SilenceRule = SilenceRule()
    subtitles: SubtitleStyle = SubtitleStyle()
    music: MusicChoice | None = None
    filters: Filters = Filters()
    transition: TransitionStyle = TransitionStyle()
    branding: Branding = Branding()
    variants: int = Field(default=1, ge=1, le=VARIANTS_MAX)
    presets: Annotated[tuple[PresetName, ...], Field(min_length=1, max_length=len(PresetName))] = (PresetName.TIKTOK,)
    quality: Quality = "final"
    encoder: EncoderWish = EncoderWish()
    review: Annotated[tuple[Gate, ...], Field(max_length=len(get_args(Gate)))] = Field(
        default=(), description="Each video waits after these steps until it is approved"
    )

    @model_validator(mode="after")
    def _names_nothing_twice(self) -> Self:
        if len(set(self.presets)) != len(self.presets):
            raise ValueError("a preset is named twice")
        if len(set(self.review)) != len(self.review):
            raise ValueError("a step is named twice in review")
        return self


class _OfFootage(_Video):
    """A video whose pictures are found in footage."""

    footage: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=FOOTAGE_MAX)]
    inserts: Annotated[tuple[InsertChoice, ...], Field(max_length=INSERTS_MAX)] = Field(
        default=(), description="Images and clips shown over the footage"
    )

    @model_validator(mode="after")
    def _names_no_clip_twice(self) -> Self:
        if len(set(self.footage)) != len(self.footage):
            raise ValueError("a clip is named twice in footage")
        return self


class ScriptBrief(_OfFootage):
    """Script-first: a ready script, and footage to show while it is spoken."""

    kind: Literal["script"] = "script"
    script: Annotated[str, StringConstraints(min_length=1, max_length=SCRIPT_MAX_CHARS, pattern=NO_NUL)]

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not any(character.isalnum() for character in self.script):
            raise ValueError("the script has no word to speak")
        return self


class FootageBrief(_OfFootage):
    """Footage-first: the best moments of the footage, cut to a length. A script, if there is one, is spoken over them
    and sets the length itself.
    """

    kind: Literal["footage"]
    script: Annotated[str, StringConstraints(max_length=SCRIPT_MAX_CHARS, pattern=NO_NUL)] = ""
    context: Annotated[
        str,
        StringConstraints(max_length=CONTEXT_MAX_CHARS, pattern=NO_NUL),
        Field(description="What the video is about, in your words: moments that fit it come first"),
    ] = ""
    length_s: float = Field(default=30.0, ge=LENGTH_MIN_S, le=LENGTH_MAX_S)
    sound: SoundWish = SoundWish()

    @model_validator(mode="after")
    def _says_something_or_nothing(self) -> Self:
        if self.script and not any(character.isalnum() for character in self.script):
            raise ValueError("the script has no word to speak; leave it out if nothing is to be said")
        return self

    @model_validator(mode="after")
    def _says_what_inserts_stand_at(self) -> Self:
        if not self.script and any(insert.when is not None for insert in self.inserts):
            raise ValueError("an insert can't stand at words (when) where nothing is said; say at_s, or give a script")
        return self


class ProductBrief(_Video):
    """Product-first: what is known of a product, or of a few, and their pictures. The script is spoken of each product
    in turn, and may have merge fields such as ``{name}`` and ``{price}``; without one it is written from the facts.
    """

    kind: Literal["product"]
    template: TemplateName = Field(
        default="spotlight",
        description="spotlight: one product, its pictures above its name and price; sale: the same, the price cut "
        "large; collection: several products, one after the other",
    )
    products: Annotated[tuple[ShownProduct, ...], Field(min_length=1, max_length=PRODUCTS_MAX)]
    script: Annotated[str, StringConstraints(max_length=SCRIPT_MAX_CHARS, pattern=NO_NUL)] = ""
    call: Annotated[
        str,
        StringConstraints(max_length=CALL_CHARS, pattern=r"^[^\x00-\x1f\x7f]*$"),
        Field(description="The call to action: shown on a button towards the end, and spoken"),
    ] = ""
    look: CardLook = CardLook()

    @property
    def footage(self) -> tuple[UUID, ...]:
        """Every uploaded picture of every product, each once, in order."""
        return tuple(dict.fromkeys(picture for product in self.products for picture in product.pictures))

    @property
    def inserts(self) -> tuple[InsertChoice, ...]:
        """None: its pictures are what it is about."""
        return ()

    @model_validator(mode="after")
    def _fits_its_template(self) -> Self:
        if self.template != "collection" and len(self.products) > 1:
            raise ValueError(f"the template {self.template} shows one product; collection shows several")
        if len({picture for product in self.products for picture in product.shown}) > FOOTAGE_MAX:
            raise ValueError(f"the products have more than {FOOTAGE_MAX} pictures in all")
        if self.script and not any(character.isalnum() for character in self.script):
            raise ValueError("the script has no word to speak; leave it out to have it written from the facts")
        return self


def _kind(given: Any) -> Any:
    """A brief that does not say what it is has a script, as every brief once had."""
    return given.get("kind", "script") if isinstance(given, dict) else getattr(given, "kind", "script")


KINDS = ("script", "footage", "product")
Brief: TypeAlias = Annotated[
    Annotated[ScriptBrief, Tag("script")]
    | Annotated[FootageBrief, Tag("footage")]
    | Annotated[ProductBrief, Tag("product")],
    Discriminator(
        _kind, custom_error_type="brief_kind", custom_error_message="kind should be 'script', 'footage' or 'product'"
    ),
]
BRIEF: TypeAdapter[ScriptBrief | FootageBrief | ProductBrief] = TypeAdapter(Brief)


class AnyBrief(RootModel[Brief]):
    """A brief of any kind, as it comes in at the door."""
