"""What a voice says to be heard: one short sentence in its own language."""

from __future__ import annotations

_SENTENCES = {
    "bg": "Добро утро. Така звуча аз, когато разказвам твоята история.",
    "ca": "Bon dia. Així sona la meva veu quan explico la teva història.",
    "cs": "Dobré ráno. Takhle zním, když vyprávím tvůj příběh.",
    "da": "Godmorgen. Sådan lyder jeg, når jeg fortæller din historie.",
    "de": "Guten Morgen. So klinge ich, wenn ich deine Geschichte erzähle.",
    "el": "Καλημέρα. Έτσι ακούγομαι όταν λέω την ιστορία σου.",
    "en": "Good morning. This is how I sound when I tell your story.",
    "es": "Buenos días. Así sueno cuando cuento tu historia.",
    "fi": "Hyvää huomenta. Tältä kuulostan, kun kerron tarinasi.",
    "fr": "Bonjour. Voici ma voix quand je raconte ton histoire.",
    "hr": "Dobro jutro. Ovako zvučim kad pričam tvoju priču.",
    "hu": "Jó reggelt. Így szólok, amikor a történetedet mesélem.",
    "it": "Buongiorno. Ecco la mia voce quando racconto la tua storia.",
    "nl": "Goedemorgen. Zo klink ik als ik jouw verhaal vertel.",
    "pl": "Dzień dobry. Tak brzmię, kiedy opowiadam twoją historię.",
    "pt": "Bom dia. É assim que soo quando conto a sua história.",
    "ro": "Bună dimineața. Așa sună vocea mea când îți spun povestea.",
    "ru": "Доброе утро. Так я звучу, когда рассказываю твою историю.",
    "sk": "Dobré ráno. Takto zniem, keď rozprávam tvoj príbeh.",
    "sl": "Dobro jutro. Tako zvenim, ko pripovedujem tvojo zgodbo.",
    "sv": "God morgon. Så här låter jag när jag berättar din historia.",
    "tr": "Günaydın. Hikâyeni anlatırken sesim böyle.",
    "uk": "Доброго ранку. Так я звучу, коли розповідаю твою історію.",
}
_ANY = "1, 2, 3, 4, 5."  # every voice counts in its own language


def sentence(language: str) -> str:
    """``language`` is a tag such as ``en`` or ``en-gb``."""
    return _SENTENCES.get(language.lower().partition("-")[0], _ANY)
