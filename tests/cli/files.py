"""Files that are imported."""

import json
from pathlib import Path

ADA = {
    "id": "cus_ada",
    "account": {
        "id": "acc_marsh",
        "name": "Marsh Mills",
        "tier": "Enterprise",
        "region": "EU",
        "yearly_value": {"amount": 8_640_000, "currency": "GBP"},
        "products": [{"name": "planner", "version": "4.2"}],
        "moments": [{"date": "2026-12-01", "kind": "launch", "label": "New planner"}],
    },
    "name": "Ada Marsh",
    "email": "Ada@Client.example",
    "role": "executive",
    "language": "de",
    "phone": "+49 555-0100",
}


def lines(path: Path, *rows: object) -> str:
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text(text + "\n", encoding="utf-8")
    return str(path)
