"""Files that sessions have sent and Streamlit keeps: how large they are, and letting them go."""

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def held() -> dict[str, list[int]]:
    """Return the sizes of the files that are kept, by session."""
    kept = _manager()
    if kept is None:
        return {}
    with kept._lock:
        return {session: [len(file.data) for file in files.values()] for session, files in kept.file_storage.items()}


def free(session: str) -> None:
    """Let a session's files go."""
    if (kept := _manager()) is not None:
        kept.remove_session_files(session)


def _manager() -> MemoryUploadedFileManager | None:
    found = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return found if isinstance(found, MemoryUploadedFileManager) else None
