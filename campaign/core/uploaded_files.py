"""Files that sessions have sent and Streamlit keeps: how large they are, and letting them go."""

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def held() -> dict[str, list[int]]:
    """Return the sizes of the files that are kept, by session."""
    manager = _manager()
    if manager is None:
        return {}
    with manager._lock:
        return {session: [len(file.data) for file in files.values()] for session, files in manager.file_storage.items()}


def free(session: str) -> None:
    """Let a session's files go."""
    if (manager := _manager()) is not None:
        manager.remove_session_files(session)


def _manager() -> MemoryUploadedFileManager | None:
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return manager if isinstance(manager, MemoryUploadedFileManager) else None
