// ncursesw for Swift: its globals, macros and FILE pointers behind functions of plain types.
#ifndef LAUREL_CURSES_SHIM_H
#define LAUREL_CURSES_SHIM_H

#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

/// Sets a locale that knows UTF-8; false where the system has none.
static inline bool curses_locale(void) {
  if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

/// How many columns a character takes: 0, 1 or 2; -1 for one that can't be shown.
static inline int curses_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }

/// Opens the terminal; false where ncurses does not know it.
static inline bool curses_open(bool color) {
  if (newterm(NULL, stdout, stdin) == NULL) return false;
  set_escdelay(25);
  raw();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  if (color && has_colors()) {
    start_color();
    use_default_colors();
    init_pair(1, COLOR_RED, -1);
    init_pair(2, COLOR_GREEN, -1);
    init_pair(3, COLOR_MAGENTA, -1);
  }
  return true;
}

static inline void curses_close(void) { endwin(); }
static inline int curses_rows(void) { return getmaxy(stdscr); }
static inline int curses_columns(void) { return getmaxx(stdscr); }
static inline void curses_clear(void) { erase(); }

/// Writes UTF-8 text; the style's bits are bold 1, dim 2, reverse 4, underline 8, and the colour
/// pair from bit 4 on.
static inline void curses_write(int row, int column, const char *text, int style) {
  attr_t attributes = (style & 1 ? A_BOLD : 0) | (style & 2 ? A_DIM : 0) |
                      (style & 4 ? A_REVERSE : 0) | (style & 8 ? A_UNDERLINE : 0);
  short pair = (short)(style >> 4);
  attr_set(attributes, pair > 0 && pair < COLOR_PAIRS ? pair : 0, NULL);
  mvaddnstr(row, column, text, -1);
}

/// Shows the frame, with the cursor where it is wanted; nowhere where the row is negative.
static inline void curses_show(int row, int column) {
  curs_set(row >= 0 ? 1 : 0);
  if (row >= 0) move(row, column);
  refresh();
}

/// Whether the window has another size than ncurses knows; then it knows.
///
/// The signal of a resize may reach another thread than the one that waits for a key, so it is asked
/// for.
static inline bool curses_resized(void) {
  struct winsize now;
  if (ioctl(1, TIOCGWINSZ, &now) != 0 || now.ws_row == 0 || now.ws_col == 0) return false;
  if (now.ws_row == getmaxy(stdscr) && now.ws_col == getmaxx(stdscr)) return false;
  resizeterm(now.ws_row, now.ws_col);
  return true;
}

/// Repaints everything, as after a resize or when another program wrote over it.
static inline void curses_repaint(void) { clearok(curscr, TRUE); }

/// Waits for a key: 0 none in time, 1 a character, 2 one of ncurses' keys, -1 the input ended.
static inline int curses_key(int milliseconds, unsigned int *code) {
  wint_t key = 0;
  timeout(milliseconds);
  int result = get_wch(&key);
  *code = (unsigned int)key;
  if (result == ERR) return feof(stdin) ? -1 : 0;
  return result == KEY_CODE_YES ? 2 : 1;
}

enum {
  CURSES_UP = KEY_UP,
  CURSES_DOWN = KEY_DOWN,
  CURSES_LEFT = KEY_LEFT,
  CURSES_RIGHT = KEY_RIGHT,
  CURSES_HOME = KEY_HOME,
  CURSES_END = KEY_END,
  CURSES_PAGE_UP = KEY_PPAGE,
  CURSES_PAGE_DOWN = KEY_NPAGE,
  CURSES_BACKSPACE = KEY_BACKSPACE,
  CURSES_DELETE = KEY_DC,
  CURSES_BACK_TAB = KEY_BTAB,
  CURSES_ENTER = KEY_ENTER,
  CURSES_RESIZE = KEY_RESIZE,
  CURSES_F1 = KEY_F(1)
};

#endif
