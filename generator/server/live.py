"""Changed files -> the site as it is, or what is wrong with it; the last site that was whole is kept."""

import gc
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from threading import Condition

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Edition, Target
from generator.errors import AlmanacError, ContentError, Problem, Severity
from generator.reading import linked, overlaid, sound
from generator.render import Renderer
from generator.renewal import renewed
from generator.site import Site
from generator.sources import layouts
from generator.sources.content import Content
from generator.sources.memory import Memory
from generator.theme import Theme

__all__ = ["Live", "State"]


class State(Struct, frozen=True, kw_only=True):
    """What the server answers from, put in place as one."""

    number: int = 0
    """Counts up with each change."""
    renderer: Renderer | None = None
    """Of the last site that was whole."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the files as they are now; without any, the site is theirs."""

    @property
    def site(self) -> Site | None:
        """The last site that was whole."""
        return self.renderer.site if self.renderer else None


class Live:
    """The site of a source that changes. One thread calls `load` and `changed`; any may wait and look at `state`."""

    def __init__(self, source: Path, overlays: Sequence[Path] = ()) -> None:
        self.source, self.overlays = source, tuple(overlays)
        self.state = State()
        self._news = Condition()
        self._closed = False
        self._memory = Memory()
        self._content: Content | None = None
        self._shown: Content | None = None
        self._has_new_templates = False

    @property
    def templates(self) -> Path:
        """The folder of the site's own templates."""
        return self.source / "templates"

    def watched(self) -> tuple[Path, ...]:
        """Return the files and folders that the site is made of."""
        named = self.state.site.settings.overlays if self.state.site else ()
        return (self.source, *(self.source / name for name in named), *self.overlays)

    def load(self) -> None:
        """Read everything. From now on this process looks for garbage when there is nothing else to do."""
        gc.disable()
        self._content = self._shown = None
        self._take(frozenset())

    def changed(self, paths: AbstractSet[Path]) -> None:
        """Take over what changed: by reading one file again where that is enough, else everything."""
        theirs = self.templates.resolve()
        of_theme = {path for path in paths if path.is_relative_to(theirs)}
        self._has_new_templates |= bool(of_theme)  # until they are shown, which a fault in the content may put off
        self._take(paths - of_theme)

    def wait(self, seen: int, *, seconds: float) -> State:
        """Return the state as soon as it is another than number `seen`, at the latest after so many seconds."""
        with self._news:
            self._news.wait_for(lambda: self._closed or self.state.number != seen, timeout=seconds)
            return self.state

    def close(self) -> None:
        """Let everyone go who waits."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def examine(self) -> None:
        """Look at the facts, which takes longer than showing them; what is gravely wrong with them is a problem too."""
        state, content = self.state, self._shown
        if content is None or state.problems or state.renderer is None:
            return
        try:
            found = linked(self.source, content, changes=_CHANGES).examined()
            sound(found)
        except ContentError as error:
            self._say(replace(state, problems=_errors(error)), after=state)
        else:
            made = state.renderer.of(state.renderer.site.with_findings(found.findings))
            with self._news:
                if self.state is state:
                    self.state = replace(state, renderer=made)
        gc.collect()
        gc.freeze()  # what is alive now is not looked at again: that would stop everything for a fifth of a second

    def _take(self, paths: AbstractSet[Path]) -> None:
        try:
            self._content = self._read(paths)
            content = overlaid(self.source, self._content, self.overlays)
            site = self._renewed(content) or self._whole(content)
            site.files  # noqa: B018  # two pages on one file are found now, not with the first request
            old = None if self._has_new_templates else self.state.renderer
            renderer = old.of(site) if old else Renderer(site, Theme(self.templates))
        except ContentError as error:
            self._say(replace(self.state, problems=_errors(error)))
        except AlmanacError as error:
            self._say(replace(self.state, problems=(Problem(self.source.as_posix(), message=str(error)),)))
        else:
            self._shown, self._has_new_templates = content, False
            self._say(State(number=self.state.number, renderer=renderer))

    def _renewed(self, content: Content) -> Site | None:
        """Return the site with what is new in it, where that is little; nothing where it has to be made anew."""
        return renewed(self.state.site, self._shown, content) if self.state.site and self._shown else None

    def _whole(self, content: Content) -> Site:
        found = linked(self.source, content, changes=_CHANGES)
        sound(found)
        return found.site()

    def _read(self, paths: AbstractSet[Path]) -> Content:
        again = layouts.again(self.source, self._content, sorted(paths), self._memory) if self._content else None
        return again or layouts.read(self.source, self._memory)

    def _say(self, state: State, *, after: State | None = None) -> None:
        with self._news:
            if after is not None and self.state is not after:
                return  # the files have changed meanwhile
            self.state = replace(state, number=state.number + 1)
            self._news.notify_all()


_CHANGES: dict[str, object] = {"editions": (Edition.HTML, Edition.MD), "target": Target.GITHUB, "base_url": None}
"""At home there is no address to publish at and no host to please, and both editions can be looked at."""


def _errors(error: ContentError) -> tuple[Problem, ...]:
    return tuple(problem for problem in error.problems if problem.severity is Severity.ERROR)
