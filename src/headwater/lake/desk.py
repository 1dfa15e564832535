"""What the landing brings to the edge: the agreements, the key, the look-ups and the lists of words of a workspace."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.lake.agreements import Agreement, Shared, agreements_of, producer_of
from headwater.lake.building import canonical
from headwater.lake.manifest import Manifest
from headwater.lake.parts import Part, parts_of
from headwater.lake.terms import Terms, agreed, terms_of
from headwater.sources import Contract
from headwater.sources.edge import Admission, Desk, Key, Postcodes, Whereabouts, WordList, read_key
from headwater.vocabulary import BadInput, NotAgreed, WrongRequest, did_you_mean

POSTCODES, PLACES, TABLE = "gazetteer.postcodes", "gazetteer.places", "gazetteer"
LOOKUPS = (POSTCODES, PLACES)
"""What finds places; its producers' newest files are used."""
WORDS = "words"


class Edge:
    """The edge of one workspace, for what was received on one day."""

    def __init__(self, root: Path, manifests: Sequence[Manifest], received: str, key_file: Path | None) -> None:
        self._root, self._manifests, self._key_file = root, manifests, key_file
        self._received = date.fromisoformat(received) if received else None
        self.terms: dict[str, Terms] = {}
        """By agreement, the terms of every one that something was let in under."""

    @property
    def desk(self) -> Desk:
        return Desk(admit=self._admit, key=lambda: self._key, whereabouts=lambda: self._whereabouts)

    @property
    def key_mark(self) -> str:
        """Which key it is, told by what tells nothing of it."""
        return self._key.mark

    def made_with(self, agreement: str) -> str:
        """The digest of all that decides what a file becomes, besides the file: a change of any is worth landing it again for."""
        used = [part.manifest.package for part in self._lookups.values()]
        shared = self._agreements[agreement].sha256
        words = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in self._word_files.values()}
        return hashlib.sha256(canonical([sorted(used), shared, words, self._key.mark])).hexdigest()

    def _admit(self, promised: Contract, columns: tuple[str, ...]) -> Admission:
        if self._received is None:
            raise NotAgreed(
                f"{promised.dataset} comes under a sharing agreement: say on which day it was received. Nothing was kept."
            )
        agreement, shared = agreed(tuple(self._agreements.values()), promised, columns, self._received)
        self.terms[agreement.name] = terms_of(agreement, self._received)
        producers = {code.casefold(): producer_of(code) for code in shared.producers}
        return Admission(agreement.name, shared.fields, producers, tuple(self._words(agreement, shared)))

    def _words(self, agreement: Agreement, shared: Shared) -> Iterator[WordList]:
        for name in shared.words:
            if name not in self._word_files:
                raise BadInput(f"{agreement.name}: no list of words is called {did_you_mean(name, self._word_files)}")
            read = WordList.read(self._word_files[name])
            if self._received and read.review_by < self._received:
                raise BadInput(
                    f"the list of words {name} was to be reviewed by {read.review_by}. Review it and move the day, or take it "
                    f"out of {agreement.name}: no text is read by a list that nobody looks after. Nothing was kept."
                )
            yield read

    @cached_property
    def _agreements(self) -> Mapping[str, Agreement]:
        return agreements_of(self._root)

    @cached_property
    def _word_files(self) -> Mapping[str, Path]:
        shipped = Path(str(files("headwater") / "definitions" / WORDS))
        both = (*sorted(shipped.glob("*.toml")), *sorted((self._root / WORDS).glob("*.toml")))
        return {path.stem: path for path in both}

    @cached_property
    def _key(self) -> Key:
        if self._key_file is None:
            raise WrongRequest(
                "the file has personal columns, and person keys need a secret: make one with `headwater key new`, or say "
                "where yours is with --key-file. Nothing was kept."
            )
        key = read_key(self._key_file, self._root)
        if others := sorted({m.key_mark for m in self._manifests if m.key_mark} - {key.mark}):
            raise WrongRequest(
                f"this workspace's person keys were made with the key of mark {others[0]}, and this one has the mark "
                f"{key.mark}: nobody would be known again. Use the other key; nothing was kept."
            )
        return key

    @cached_property
    def _lookups(self) -> Mapping[tuple[str, str], Part]:
        """The newest of every look-up that has been conformed, by dataset and producer."""
        parts = (part for manifest in self._manifests for part in parts_of(manifest))
        wanted = (part for part in parts if part.dataset in LOOKUPS)
        return {
            (part.dataset, part.extracts[0].producer): part for part in wanted if (self._root / part.where).is_dir()
        }

    @cached_property
    def _whereabouts(self) -> Whereabouts:
        names: dict[str, dict[str, set[str]]] = {}
        codes: list[str] = []
        areas: list[str] = []
        for (dataset, _), part in sorted(self._lookups.items()):
            rows: pa.Table = pq.read_table(self._root / part.where / f"{TABLE}.parquet")
            columns = (rows.column(name).to_pylist() for name in ("name", "kind", "area_code"))
            if dataset == POSTCODES:
                found, _, where = columns
                codes += found
                areas += where
                continue
            for name, kind, area in zip(*columns, strict=True):
                names.setdefault(kind, {}).setdefault(name, set()).add(area)
        frozen = {kind: {name: frozenset(each) for name, each in of.items()} for kind, of in names.items()}
        return Whereabouts(Postcodes(codes, areas), frozen)
