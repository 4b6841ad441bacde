"""What the model says: a mind takes a request and returns the blocks of its answer."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import Any

Json = dict[str, Any]
Mind = Callable[[Mapping[str, Any]], list[Json]]

_numbers = count(1)


def say(text: str) -> Json:
    return {"type": "text", "text": text}


def use(tool: str, **args: Any) -> Json:
    return {"type": "tool_use", "id": f"toolu_{next(_numbers):08d}", "name": tool, "input": args}


def assessed(confidence: float = 0.9, **told: Any) -> Json:
    return {
        "category": "other",
        "severity": 1,
        "sentiment": 0,
        "confidence": confidence,
        "signals": [],
        "summary": "A ticket.",
    } | told


class Scripted:
    """Says what it was given, answer by answer, whoever asks; then there is nothing more."""

    def __init__(self, answers: Sequence[list[Json]]) -> None:
        self._answers = list(answers)
        self._lock = threading.Lock()

    def __call__(self, request: Mapping[str, Any]) -> list[Json]:
        with self._lock:
            if not self._answers:
                raise LookupError("the script is over")
            return self._answers.pop(0)


WORDING = "report_wording"


def reads_over(request: Mapping[str, Any]) -> bool:
    """Whether it is asked how a letter reads, and nothing else."""
    return [tool["name"] for tool in request.get("tools") or ()] == [WORDING]


class Librarian:
    """Searches with the ticket's words, reads the first article it finds, and answers with that
    one's first passage; without one it hands over. To a colleague's question, which comes without
    tools, it answers with the first passage; how a letter reads, it finds well."""

    def __call__(self, request: Mapping[str, Any]) -> list[Json]:
        asked = first_words(request)
        if reads_over(request):
            return [use(WORDING, findings=[])]
        if not request.get("tools"):
            return [say(_spoken(asked))]
        results = tool_results(request)
        if not results:
            return [use("search_articles", query=words_of_ticket(asked)[:500] or "help")]
        if len(results) == 1:
            found = results[0] if isinstance(results[0], list) else []
            if not found:
                return [use("escalate", reason="No article.", assessment=assessed(0.2))]
            return [use("read_article", article=found[0]["article"])]
        article = results[-1]
        if not isinstance(article, dict) or not article.get("passages"):
            return [use("escalate", reason="Nothing to cite.", assessment=assessed(0.2))]
        cite = {"article": article["article"], "passage": 1}
        line = {"text": article["passages"]["1"][:600], "cites": [cite]}
        return [use("answer", sentences=[line], assessment=assessed(0.8))]


def first_words(request: Mapping[str, Any]) -> str:
    content = request["messages"][0]["content"]
    return content if isinstance(content, str) else "".join(b.get("text", "") for b in content)


def tool_results(request: Mapping[str, Any]) -> list[Any]:
    """What the tools answered so far, read as JSON where it is some."""
    found = []
    for message in request["messages"]:
        for block in message["content"] if isinstance(message["content"], list) else ():
            if block["type"] == "tool_result":
                try:
                    found.append(json.loads(block["content"]))
                except ValueError:
                    found.append(block["content"])
    return found


def fenced(asked: str, mark: str) -> Any:
    """The JSON that stands in `<mark>`; None without any."""
    _, begun, rest = asked.partition(f"<{mark}>\n")
    return json.loads(rest.partition(f"\n</{mark}>")[0]) if begun else None


def words_of_ticket(asked: str) -> str:
    told = fenced(asked, "ticket") or {"subject": "", "messages": []}
    return "\n".join([told["subject"], *(each["text"] for each in told["messages"])])


def _spoken(asked: str) -> str:
    passages = fenced(asked, "passages") or []
    return f"{passages[0]['text'].splitlines()[-1].rstrip('.')}. [1]" if passages else "NOTHING"
