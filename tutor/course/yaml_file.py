"""A YAML file read as a model. What is broken is told with file, line and what was expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from tutor.errors import CourseError

_Model = TypeVar("_Model", bound=BaseModel)


def read_yaml(folder: Path, name: str, model: type[_Model]) -> _Model:
    """A file of a folder as `model`. Raises CourseError with file, line and what was expected."""
    try:
        text = (folder / name).read_text(encoding="utf-8")
        loader = yaml.CSafeLoader(text) if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader(text)
        node = loader.get_single_node()
        _no_key_twice(node)
        content = loader.construct_document(node) if node else None
    except OSError as error:
        raise CourseError(
            file=name, line=0, expected=f"a file that can be read ({error.strerror})"
        ) from error
    except UnicodeDecodeError as error:
        raise CourseError(file=name, line=0, expected="text in UTF-8") from error
    except (ValueError, RecursionError) as error:
        # A date that there is not, a number of a thousand digits.
        raise CourseError(file=name, line=0, expected=f"values that can be read ({error})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = " ".join((getattr(error, "problem", None) or str(error)).split())
        raise CourseError(
            file=name, line=mark.line + 1 if mark else 0, expected=f"valid YAML ({problem})"
        ) from error
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        expected = f"{place}: {first['msg'][0].lower()}{first['msg'][1:]}"
        raise CourseError(file=name, line=_line(node, first["loc"]), expected=expected) from error


def _no_key_twice(node: Any) -> None:
    """Raise a YAMLError where a mapping has a key twice, of which YAML silently keeps the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} only once", problem_mark=key.start_mark)
            seen.add(str(key.value))
            _no_key_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _no_key_twice(value)


def _line(node: Any, path: tuple[int | str, ...]) -> int:
    """The line of the innermost node on `path` that is there."""
    line = node.start_mark.line + 1 if node else 0
    for part in path:
        step = _child(node, part)
        if step is None:
            break
        node = step
        line = node.start_mark.line + 1
    return int(line)


def _child(node: Any, part: int | str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part]
    return None
