"""Full sentences that the parser reads wrongly: words read as others, and clauses hung anew."""

from __future__ import annotations

import pytest

from reportedly import load_reader
from reportedly.model.syntax import Tree
from reportedly.pipeline import Reader, document_from_text


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader()


def tree_of(reader: Reader, text: str) -> Tree:
    return reader.finder.find(document_from_text(text)).sentences[0].tree


def head_of(tree: Tree, word: str) -> str:
    token = next(t for t in tree if t.text == word)
    return tree[token.head].text


@pytest.mark.parametrize(
    ("text", "word", "head"),
    [
        ("The Chadian army on Sunday retook Kalait, a town in the north, from the rebels.", "army", "retook"),
        ("Gunmen suspected to be bandits on Sunday attacked a village near Zuru.", "Gunmen", "attacked"),
        ("A drone hit a car in Tebnit, the army said, killing two men.", "killing", "hit"),
        ("Nine people were killed in Russian drone and missile attacks on the port.", "drone", "attacks"),
        ("Two drivers were shot at a market in Kidal by policemen wearing masks.", "by", "shot"),
        ("Three monks threatened with death were moved to Lomé.", "monks", "moved"),
        ("In Tal Rifat, a raid on the weavers' quarter killed nine people, medics said.", "raid", "killed"),
        ("Fighters (FLN) allied with the army killed two men.", "Fighters", "killed"),
        ("The front claimed in a statement to have killed nine guards.", "killed", "claimed"),
        ("He accused troops of shelling villages and looting shops.", "shops", "looting"),
        ("The Corps, the new Legion, and Chadian guards burned nine huts.", "guards", "Corps"),
        ("Soldiers shot dead two striking weavers at the gate on Monday.", "dead", "shot"),
        ("The prosecutor speaks of 35 dead and more than 80 arrests.", "35", "dead"),
        ('The colonel speaks of four dead and two attackers "neutralized".', "four", "dead"),
        ("Meanwhile, Al-Shabaab fired mortars at the Berdale compound near the airport.", "mortars", "fired"),
        ("Stones were pelted at two buses and several shops were vandalised.", "shops", "vandalised"),
        ("Armed men dressed as police entered the Kasanda neighbourhood on Friday and shot two.", "men", "entered"),
        (
            "Four people died as supporters of the banned Sona League clashed with police in Matara.",
            "supporters",
            "clashed",
        ),
        ("On Tuesday, demonstrators defied a ban, set the prime minister's house ablaze and left.", "house", "set"),
        ("A strike on a house sheltering families near the port killed nine people on Sunday.", "strike", "killed"),
        ("Guards manning a gate fired on a bus near Taiz, wounding three, witnesses said.", "Guards", "fired"),
        ("Rockets fired from a village held by rebels struck a bakery.", "Rockets", "struck"),
        ("A sniper killed a girl fetching water in Taiz, a local group reported.", "girl", "killed"),
        ("A sniper killed a girl fetching water in Taiz, a local group reported.", "killed", "reported"),
        ("Nine have been killed since men stormed the town, killing four people.", "killing", "stormed"),
        ("The men given rifles by the colonel fled on Sunday.", "men", "fled"),
        ("Troops resorted to unprovoked shelling along the river on Thursday, killing a woman.", "shelling", "to"),
    ],
)
def test_words_hang_from_what_they_belong_to(reader: Reader, text: str, word: str, head: str) -> None:
    """What the parser takes for nouns, main verbs or the teller's own act is read as what it is."""
    assert head_of(tree_of(reader, text), word) == head


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Nine people were killed in raids last week, aid agency records show.", "show", "VBP"),
        ("A landmine blast in neighbouring al-Jawf wounded four herders.", "neighbouring", "JJ"),
    ],
)
def test_words_are_read_as_what_they_are(reader: Reader, text: str, word: str, tag: str) -> None:
    """Words that the parser takes for another kind or for a part of a name."""
    assert next(t for t in tree_of(reader, text) if t.text == word).tag == tag


def test_tokens_keep_their_own_words_and_places(reader: Reader) -> None:
    """Words read as others stay as they stand in the text."""
    text = "Gunmen suspected to be bandits on Sunday attacked a village near Zuru."
    assert all(text[t.start : t.end] == t.text for t in tree_of(reader, text))
