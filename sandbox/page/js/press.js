/** What somebody presses stays under the finger until it is a click: drawn anew, it would hear of none. */

/** Runs a drawing of `node` at once, or when what is pressed in it has been let go. */
export function undisturbed(node) {
  let pressed = false;
  let waiting = [];
  const release = () => {
    pressed = false;
    const drawings = waiting;
    waiting = [];
    drawings.forEach((drawing) => drawing());
  };
  node.addEventListener("pointerdown", () => {
    pressed = true;
  });
  // The click comes after its pointer went up, and before any timer.
  for (const ends of ["pointerup", "pointercancel"]) window.addEventListener(ends, () => setTimeout(release));
  return (drawing) => {
    if (pressed) waiting.push(drawing);
    else drawing();
  };
}
