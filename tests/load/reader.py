"""One reader's session, as the browser holds it: a websocket that speaks Streamlit's messages (ForwardMsg, BackMsg)."""

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE_S: Final = 60.0
LISTS: Final = ("selectbox", "multiselect")


@dataclass
class Run:
    """What one run of the page's script sent: how long it took, its texts, the lists to choose from, what went wrong."""

    seconds: float = 0.0
    texts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lists: dict[str, Any] = field(default_factory=dict)
    n_bytes: int = 0

    @property
    def answer(self) -> str:
        """The page's first sentence, as it is sent."""
        return next((text for text in self.texts if 'id="answer"' in text), "")

    @property
    def view(self) -> str:
        """All texts of the page, to compare two views."""
        return "\n".join(self.texts)


@dataclass
class Reader:
    """A session on the page of an address (path and query); `cookie` keeps it on its node, `source` is the address it comes from."""

    address: str
    cookie: str = ""
    source: str = ""
    query: str = ""
    run: Run = field(default_factory=Run)
    _socket: ClientConnection | None = None
    _page: str = ""
    _chosen: dict[str, WidgetState] = field(default_factory=dict)
    _cached: dict[str, ForwardMsg] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        """Connect."""
        await self.connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave."""
        await self.close()

    async def connect(self) -> None:
        """Open the websocket; the query of the address is the view, unless one was reached already."""
        parts = urlsplit(self.address)
        self.query = self.query or parts.query
        self._socket = await connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  a name like any other
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            origin=f"http://{parts.netloc}",  # type: ignore[arg-type]
            max_size=None,
            open_timeout=PATIENCE_S,
            **({"local_addr": (self.source, 0)} if self.source else {}),
        )

    async def close(self) -> None:
        """Close the websocket."""
        if self._socket is not None:
            await self._socket.close()

    async def open(self) -> Run:
        """Ask for the page, as a browser does after it has connected."""
        self._chosen.clear()
        self._page = ""
        return await self._rerun()

    async def choose(self, label: str, option: str) -> Run:
        """Choose an option of a list by the texts that a reader sees."""
        widget = self.run.lists[label]
        state = WidgetState(id=widget.id)
        if widget.DESCRIPTOR.name == "MultiSelect":
            state.string_array_value.data.append(option)
        else:
            state.string_value = option
        self._chosen[widget.id] = state
        return await self._rerun()

    async def _rerun(self) -> Run:
        assert self._socket is not None
        ask = BackMsg()
        state = ask.rerun_script
        state.query_string = self.query
        state.page_script_hash = self._page
        state.page_name = "" if self._page else urlsplit(self.address).path.strip("/")
        state.widget_states.widgets.extend(self._chosen.values())
        state.cached_message_hashes.extend(self._cached)
        state.context_info.timezone = "Europe/Paris"
        state.context_info.locale = "fr-FR"
        state.context_info.url = self.address
        run = Run()
        started = time.perf_counter()
        await self._socket.send(ask.SerializeToString())
        while not await self._received(run):
            pass
        run.seconds = time.perf_counter() - started
        ids = {each.id for each in run.lists.values()}
        self._chosen = {name: state for name, state in self._chosen.items() if name in ids}
        self.run = run
        return run

    async def _received(self, run: Run) -> bool:
        """Take one message; return whether it ends the run."""
        assert self._socket is not None
        content = await self._socket.recv()
        assert isinstance(content, bytes)
        run.n_bytes += len(content)
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._cached[message.ref_hash]
            kind = "delta"
        elif message.metadata.cacheable:
            self._cached[message.hash] = message
        if kind == "delta":
            _note(run, message)
        elif kind == "new_session":
            self._page = message.new_session.page_script_hash
            run.texts.clear()
            run.lists.clear()
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return False
            if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                run.errors.append(ForwardMsg.ScriptFinishedStatus.Name(message.script_finished))
            return True
        return False


def _note(run: Run, message: ForwardMsg) -> None:
    """Keep what one element says."""
    element = message.delta.new_element
    kind = element.WhichOneof("type")
    if kind in LISTS:
        widget = getattr(element, kind)
        run.lists[widget.label] = widget
    elif kind == "html":
        run.texts.append(element.html.body)
    elif kind in ("markdown", "metric"):
        run.texts.append(getattr(element, kind).body)
    elif kind == "bidi_component":
        run.texts.append(element.bidi_component.json or "")
    elif kind == "exception":
        run.errors.append(f"{element.exception.type}: {element.exception.message}")
    elif kind == "alert":
        run.errors.append(element.alert.body)
