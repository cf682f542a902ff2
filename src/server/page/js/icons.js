// Line icons on a grid of 24, drawn for this page.

import { s } from "./dom.js";

const PATHS = {
  read: "M4 6h16M4 11h10M4 16h7M17.5 13.5l3 3m-1-4a3 3 0 1 1-4.2 4.2 3 3 0 0 1 4.2-4.2",
  conversation: "M4 5h11v8H8l-4 3zM18 10h2v9l-3-2.500H10V16",
  lexicon: "M5 4h9a4 4 0 0 1 4 4v12H9a4 4 0 0 1-4-4zM5 16a3 3 0 0 1 3-3h10",
  draft: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  reply: "M4 6h16v10H10l-4 4v-4H4zM9 11l2 2 4-4",
  status: "M3 12h4l3-7 4 14 3-7h4",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8M12 2v2m0 16v2M2 12h2m16 0h2M5 5l1.500 1.500m11 11L19 19M19 5l-1.500 1.500m-11 11L5 19",
  moon: "M19 14.500A8 8 0 0 1 9.500 5 8 8 0 1 0 19 14.500z",
  auto: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16M12 4v16M12 8h5.500M12 12h8M12 16h5.500",
  help: "M9 9a3 3 0 1 1 4.200 2.700c-.8.400-1.200 1-1.200 1.800M12 17v.1M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18",
  book: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  check: "M5 12.500l4.500 4.500L19 7",
  warn: "M12 4l9 16H3zM12 10v4m0 3v.1",
  info: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 11v6m0-9.500v.1",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16 16l5 5",
  back: "M14 5l-7 7 7 7",
  arrow: "M5 12h13M13 7l5 5-5 5",
};

export const icon = (name) =>
  s(
    "svg",
    { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    s("path", { d: PATHS[name] }),
  );
