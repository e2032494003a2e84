/* Finds literals with their borders in one pass over folded text: the quick twin of the engines in
 * scan/. What it reports is written in scan/literals.py, which prepares its tables.
 *
 * The literals lie sorted in one pool. At each place where one may begin, a hash of the first code
 * points is looked up in a bitmap that fits the first cache, and only then in a table that gives a range
 * of the pool; the range is narrowed by each further code point. Most places end at the bitmap, so a
 * pass costs a few nanoseconds a code point. It is linear: no place is looked at for longer than the
 * longest literal, whose length is bounded.
 *
 * Most literals are of languages that a text is not in. subset() gives a smaller set for the languages
 * that it may be in.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

enum { LEFT_ANY, LEFT_BEGIN, LEFT_START, LEFT_EDGE };

#define LEFT 3u
#define RIGHT 4u
#define BEFORE_NUMBER 8u
#define AFTER_NUMBER 16u
#define AFTER_ARROW 32u

#define DEPTH 5 /* code points that the table knows */

typedef struct {
    uint64_t key;   /* hash of the first code points, DEPTH at most, and of how many these are */
    uint32_t first; /* range of literals that begin so, or are so where they are shorter */
    uint32_t stop;  /* 0: the slot is free */
} Slot;

typedef struct {
    PyObject_HEAD
    Py_ssize_t count;
    uint32_t *offsets;   /* count + 1, into pool */
    Py_UCS4 *pool;
    uint8_t *flags;
    uint32_t *numbers;
    uint64_t *languages; /* 0: any */
    uint32_t *longest;   /* the longest line in which it counts; 0: any */
    uint32_t *near_end;  /* in longer lines it counts so near to the end */
    uint8_t *letters;    /* a bit for each code point */
    Slot *slots;
    uint32_t mask;
    /* Bits for the hashes of the beginnings of all literals; of the first code points of those that may
     * begin anywhere. */
    uint8_t *all, *inner;
    int short_inner; /* whether one of the latter has fewer than INNER_DEPTH code points */
} Literals;

#define INNER_DEPTH 3

#define FILTER_BITS 18
#define BIT(filter, h) ((filter)[(h) >> 3] >> ((h) & 7) & 1)
#define SET(filter, h) ((filter)[(h) >> 3] |= (uint8_t)(1u << ((h) & 7)))
#define FOLD(h) ((h) >> (64 - FILTER_BITS))

/* The hash of one code point more. The upper bits are the good ones. */
static inline uint64_t
mix(uint64_t h, uint32_t c)
{
    return (h ^ (h >> 29) ^ c) * 0x9E3779B97F4A7C15u;
}

#define SEED 0x2545F4914F6CDD1Du

static inline int
letter(const Literals *self, Py_UCS4 c)
{
    return self->letters[c >> 3] >> (c & 7) & 1;
}

/* What may part a label from the text before it: see _MARK in scan/trigger.py. */
static int
is_mark(Py_UCS4 c)
{
    if (c < 0x80)
        return c == '\r' || (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`')
               || (c >= '{' && c <= '~');
    if (c < 0x100)
        return (c >= 0xA1 && c <= 0xA9) || (c >= 0xAB && c <= 0xB4) || (c >= 0xB6 && c <= 0xB9)
               || (c >= 0xBB && c <= 0xBF) || c == 0xD7 || c == 0xF7;
    if (c >= 0x2000 && c < 0x2C00)
        return 1;
    if (c >= 0x3000 && c < 0x3040)
        return 1;
    if (c >= 0xFE00 && c < 0xFE40)
        return 1;
    if (c >= 0xFF00 && c < 0xFF80)
        return (c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || c >= 0xFF5B;
    return c == 0x60C || c == 0x61B || c == 0x61F || c == 0x6D4 || c == 0x964 || c == 0x965
           || (c >= 0x1F000 && c < 0x20000);
}

static int
is_digit(Py_UCS4 c)
{
    if (c < 0x660)
        return c >= '0' && c <= '9';
    return (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9)
           || (c >= 0x966 && c <= 0x96F) || (c >= 0xE50 && c <= 0xE59);
}

static const Slot *
slot_of(const Literals *self, uint64_t key)
{
    uint32_t at = (uint32_t)(key >> 20) & self->mask;
    for (; self->slots[at].stop; at = (at + 1) & self->mask)
        if (self->slots[at].key == key)
            return &self->slots[at];
    return NULL;
}

typedef struct {
    int kind; /* of the folded text */
    const void *data;
    Py_ssize_t size;
    int cased; /* kind of the text as it was given */
    const void *given;
    uint64_t known; /* languages */
    Py_ssize_t line, line_end; /* of the place that is looked at; line_end -1: not known yet */
} Text;

#define AT(t, i) PyUnicode_READ((t)->kind, (t)->data, (i))

/* Whether something may begin at `i` inside of a word: at a capital, at a figure behind a letter or the
 * reverse, and in scripts without case, where nothing would tell. */
static int
may_begin(const Text *t, Py_ssize_t i)
{
    Py_UCS4 here = AT(t, i);
    if (here >= 'a' && here <= 'z' && PyUnicode_READ(t->cased, t->given, i) == here)
        return is_digit(AT(t, i - 1));
    return PyUnicode_READ(t->cased, t->given, i) != here || !Py_UNICODE_ISLOWER(here)
           || is_digit(AT(t, i - 1));
}

static int
at_edge(const Text *t, Py_ssize_t i)
{
    Py_UCS4 before;
    if (i == t->line)
        return 1;
    before = AT(t, i - 1);
    if (before == ' ' || before == '\t') {
        if (i - 1 == t->line)
            return 1;
        before = AT(t, i - 2);
    }
    return is_mark(before);
}

static int
number_before(const Text *t, Py_ssize_t i)
{
    int n;
    if (i > t->line && AT(t, i - 1) == ' ')
        i--;
    if (i > t->line && AT(t, i - 1) == '+')
        i--;
    /* a scale: `k`, `тыс.`, `หมื่น` */
    for (n = 0; n < 8 && i > t->line; n++, i--) {
        Py_UCS4 c = AT(t, i - 1);
        if (is_digit(c))
            return 1;
        if (c == ' ')
            return i - 1 > t->line && is_digit(AT(t, i - 2));
    }
    return 0;
}

static int
number_after(const Text *t, Py_ssize_t i)
{
    if (i < t->size && AT(t, i) == ' ')
        i++;
    if (i < t->size && AT(t, i) == ':')
        i++;
    if (i < t->size && AT(t, i) == ' ')
        i++;
    return i < t->size && is_digit(AT(t, i));
}

static int
arrow_after(const Text *t, Py_ssize_t i)
{
    Py_UCS4 c;
    if (i < t->size && AT(t, i) == ' ')
        i++;
    if (i >= t->size)
        return 0;
    c = AT(t, i);
    return c == '>' || c == 0xBB || c == 0x203A || c == 0x2192
           || (c == ':' && i + 1 < t->size && AT(t, i + 1) == ':');
}

static int
stands(const Literals *self, Text *t, Py_ssize_t start, Py_ssize_t end, uint32_t n, int begins, int starts)
{
    uint8_t flags = self->flags[n];
    uint64_t languages = self->languages[n];
    if (languages && !(languages & t->known))
        return 0;
    switch (flags & LEFT) {
    case LEFT_BEGIN:
        if (!begins)
            return 0;
        break;
    case LEFT_START:
        if (!starts)
            return 0;
        break;
    case LEFT_EDGE:
        if (!starts || !at_edge(t, start))
            return 0;
    }
    if ((flags & RIGHT) && end < t->size && letter(self, AT(t, end - 1)) && letter(self, AT(t, end)))
        return 0;
    if ((flags & BEFORE_NUMBER) && !number_before(t, start))
        return 0;
    if ((flags & AFTER_NUMBER) && !number_after(t, end))
        return 0;
    if ((flags & AFTER_ARROW) && !arrow_after(t, end))
        return 0;
    if (self->longest[n]) {
        if (t->line_end < 0) {
            Py_ssize_t e = end;
            while (e < t->size && AT(t, e) != '\n')
                e++;
            t->line_end = e;
        }
        if (t->line_end - t->line > self->longest[n] && t->line_end - end >= self->near_end[n])
            return 0;
    }
    return 1;
}

static int
report(const Literals *self, Text *t, Py_ssize_t start, Py_ssize_t end, uint32_t n, int begins, int starts,
       PyObject *out)
{
    PyObject *hit;
    int failed;
    if (!stands(self, t, start, end, n, begins, starts))
        return 0;
    hit = Py_BuildValue("(nI)", end, (unsigned int)self->numbers[n]);
    if (hit == NULL)
        return -1;
    failed = PyList_Append(out, hit);
    Py_DECREF(hit);
    return failed;
}

/* The literals that begin at `i` and whose first `depth` code points, hashed to `key`, are there. */
static int
look(const Literals *self, Text *t, Py_ssize_t i, int depth, uint64_t key, int begins, int starts,
     PyObject *out)
{
    const Slot *s = slot_of(self, key);
    Py_ssize_t left = t->size - i, d;
    uint32_t low, high;
    if (s == NULL)
        return 0;
    low = s->first;
    high = s->stop;
    for (d = 0; d < depth; d++) /* another text may have the same hash */
        if (self->pool[self->offsets[low] + d] != AT(t, i + d))
            return 0;
    if (depth < DEPTH) { /* whole literals */
        for (; low < high; low++)
            if (report(self, t, i, i + depth, low, begins, starts, out) < 0)
                return -1;
        return 0;
    }
    {
        for (d = DEPTH;; d++) {
            Py_UCS4 c;
            /* those that end here come first in the range */
            while (low < high && (Py_ssize_t)(self->offsets[low + 1] - self->offsets[low]) == d) {
                if (report(self, t, i, i + d, low, begins, starts, out) < 0)
                    return -1;
                low++;
            }
            if (low == high || d >= left)
                break;
            c = AT(t, i + d);
            { /* narrow the range to those that go on with c */
                uint32_t a = low, b = high;
                while (a < b) {
                    uint32_t m = a + (b - a) / 2;
                    if (self->pool[self->offsets[m] + d] < c)
                        a = m + 1;
                    else
                        b = m;
                }
                if (a == high || self->pool[self->offsets[a] + d] != c)
                    break;
                low = a;
                if (self->pool[self->offsets[high - 1] + d] != c) {
                    b = high;
                    while (a < b) {
                        uint32_t m = a + (b - a) / 2;
                        if (self->pool[self->offsets[m] + d] <= c)
                            a = m + 1;
                        else
                            b = m;
                    }
                    high = a;
                }
            }
        }
    }
    return 0;
}

/* One loop for each width of code points, so that the compiler knows it. */
#define WALK(NAME, TYPE)                                                                                \
    static int NAME(const Literals *self, Text *t, PyObject *out)                                       \
    {                                                                                                   \
        const TYPE *data = t->data;                                                                     \
        const uint8_t *letters = self->letters, *all = self->all, *inner = self->inner;                 \
        Py_ssize_t i, size = t->size;                                                                   \
        int before_letter = 0;                                                                          \
        for (i = 0; i < size; i++) {                                                                    \
            uint32_t here = data[i];                                                                    \
            int is_letter, starts, begins, depth;                                                       \
            uint64_t h;                                                                                 \
            if (here == ' ') {                                                                          \
                before_letter = 0;                                                                      \
                continue;                                                                               \
            }                                                                                           \
            if (here == '\n') {                                                                         \
                before_letter = 0;                                                                      \
                t->line = i + 1;                                                                        \
                t->line_end = -1;                                                                       \
                continue;                                                                               \
            }                                                                                           \
            is_letter = BIT(letters, here);                                                             \
            starts = !(is_letter && before_letter);                                                     \
            before_letter = is_letter;                                                                  \
            begins = starts || may_begin(t, i);                                                   \
            if (!begins) {                                                                              \
                int found = 0;                                                                          \
                for (h = SEED, depth = 1; depth <= INNER_DEPTH && i + depth <= size; depth++) {         \
                    h = mix(h, data[i + depth - 1]);                                                    \
                    if (depth == INNER_DEPTH || self->short_inner)                                      \
                        found |= BIT(inner, FOLD(h));                                                   \
                }                                                                                       \
                if (!found)                                                                             \
                    continue;                                                                           \
            }                                                                                           \
            for (h = SEED, depth = 1; depth <= DEPTH && i + depth <= size; depth++) {                   \
                h = mix(h, data[i + depth - 1]);                                                        \
                if (BIT(all, FOLD(h)) && look(self, t, i, depth, h, begins, starts, out) < 0)           \
                    return -1;                                                                          \
            }                                                                                           \
        }                                                                                               \
        return 0;                                                                                       \
    }

WALK(walk1, Py_UCS1)
WALK(walk2, Py_UCS2)
WALK(walk4, Py_UCS4)

static PyObject *
Literals_scan(Literals *self, PyObject *args)
{
    PyObject *folded, *given, *out;
    unsigned long long known;
    Text t;
    if (!PyArg_ParseTuple(args, "UUK", &folded, &given, &known))
        return NULL;
    if (PyUnicode_GET_LENGTH(folded) != PyUnicode_GET_LENGTH(given)) {
        PyErr_SetString(PyExc_ValueError, "folded text of another length");
        return NULL;
    }
    t.kind = PyUnicode_KIND(folded);
    t.data = PyUnicode_DATA(folded);
    t.size = PyUnicode_GET_LENGTH(folded);
    t.cased = PyUnicode_KIND(given);
    t.given = PyUnicode_DATA(given);
    t.known = known;
    t.line = 0;
    t.line_end = -1;
    out = PyList_New(0);
    if (out == NULL)
        return NULL;
    if ((t.kind == PyUnicode_1BYTE_KIND   ? walk1(self, &t, out)
         : t.kind == PyUnicode_2BYTE_KIND ? walk2(self, &t, out)
                                          : walk4(self, &t, out))
        < 0) {
        Py_DECREF(out);
        return NULL;
    }
    return out;
}

static void
Literals_dealloc(Literals *self)
{
    PyMem_Free(self->offsets);
    PyMem_Free(self->pool);
    PyMem_Free(self->flags);
    PyMem_Free(self->numbers);
    PyMem_Free(self->languages);
    PyMem_Free(self->longest);
    PyMem_Free(self->near_end);
    PyMem_Free(self->letters);
    PyMem_Free(self->slots);
    PyMem_Free(self->all);
    PyMem_Free(self->inner);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int
fill(void *out, const Py_buffer *b, Py_ssize_t wanted, const char *name)
{
    if (b->len != wanted) {
        PyErr_Format(PyExc_ValueError, "%s holds %zd bytes, not %zd", name, b->len, wanted);
        return -1;
    }
    memcpy(out, b->buf, wanted);
    return 0;
}

/* Fills the table and the bitmaps. Between depths a key differs, for the hash goes on. */
static int
index_slots(Literals *self)
{
    Py_ssize_t n = self->count, i;
    uint32_t size = 16;
    while (size < 2 * (uint32_t)n)
        size *= 2;
    self->slots = PyMem_Calloc(size, sizeof(Slot));
    self->all = PyMem_Calloc((1 << FILTER_BITS) / 8, 1);
    self->inner = PyMem_Calloc((1 << FILTER_BITS) / 8, 1);
    if (self->slots == NULL || self->all == NULL || self->inner == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->mask = size - 1;
    for (i = 0; i < n; i++) {
        const Py_UCS4 *text = self->pool + self->offsets[i];
        int length = (int)(self->offsets[i + 1] - self->offsets[i]), depth;
        uint64_t h = SEED;
        uint32_t at;
        if (length <= 0) {
            PyErr_SetString(PyExc_ValueError, "an empty literal");
            return -1;
        }
        for (depth = 0; depth < length && depth < DEPTH; depth++) {
            h = mix(h, text[depth]);
            if (depth + 1 == (length < INNER_DEPTH ? length : INNER_DEPTH)
                && (self->flags[i] & LEFT) == LEFT_ANY && letter(self, text[0])) {
                SET(self->inner, FOLD(h));
                self->short_inner |= length < INNER_DEPTH;
            }
        }
        SET(self->all, FOLD(h));
        at = (uint32_t)(h >> 20) & self->mask;
        while (self->slots[at].stop && self->slots[at].key != h)
            at = (at + 1) & self->mask;
        if (!self->slots[at].stop) {
            self->slots[at].key = h;
            self->slots[at].first = (uint32_t)i;
        }
        else if (self->slots[at].stop != (uint32_t)i) {
            PyErr_SetString(PyExc_ValueError, "the literals aren't sorted");
            return -1;
        }
        self->slots[at].stop = (uint32_t)i + 1;
    }
    return 0;
}

static int
allocate(Literals *self, Py_ssize_t count, Py_ssize_t code_points)
{
    self->count = count;
    self->offsets = PyMem_Malloc(4 * (count + 1));
    self->pool = PyMem_Malloc(sizeof(Py_UCS4) * (code_points + 1));
    self->flags = PyMem_Malloc(count + 1);
    self->numbers = PyMem_Malloc(4 * count + 1);
    self->languages = PyMem_Malloc(8 * count + 1);
    self->longest = PyMem_Malloc(4 * count + 1);
    self->near_end = PyMem_Malloc(4 * count + 1);
    self->letters = PyMem_Malloc(0x110000 / 8);
    if (self->offsets == NULL || self->pool == NULL || self->flags == NULL || self->numbers == NULL
        || self->languages == NULL || self->longest == NULL || self->near_end == NULL
        || self->letters == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

static PyObject *
Literals_subset(Literals *self, PyObject *args)
{
    unsigned long long known;
    Literals *out;
    Py_ssize_t i, count = 0, size = 0;
    if (!PyArg_ParseTuple(args, "K", &known))
        return NULL;
    for (i = 0; i < self->count; i++)
        if (!self->languages[i] || (self->languages[i] & known)) {
            count++;
            size += self->offsets[i + 1] - self->offsets[i];
        }
    out = (Literals *)Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0);
    if (out == NULL)
        return NULL;
    if (allocate(out, count, size) < 0) {
        Py_DECREF(out);
        return NULL;
    }
    count = size = 0;
    for (i = 0; i < self->count; i++)
        if (!self->languages[i] || (self->languages[i] & known)) {
            uint32_t length = self->offsets[i + 1] - self->offsets[i];
            out->offsets[count] = (uint32_t)size;
            memcpy(out->pool + size, self->pool + self->offsets[i], length * sizeof(Py_UCS4));
            out->flags[count] = self->flags[i];
            out->numbers[count] = self->numbers[i];
            out->languages[count] = self->languages[i];
            out->longest[count] = self->longest[i];
            out->near_end[count] = self->near_end[i];
            count++;
            size += length;
        }
    out->offsets[count] = (uint32_t)size;
    memcpy(out->letters, self->letters, 0x110000 / 8);
    if (index_slots(out) < 0) {
        Py_DECREF(out);
        return NULL;
    }
    return (PyObject *)out;
}

static PyObject *
Literals_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *pool;
    Py_buffer offsets, flags, numbers, languages, longest, near_end, letters;
    Literals *self;
    Py_ssize_t n, i;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "Literals takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "Uy*y*y*y*y*y*y*", &pool, &offsets, &flags, &numbers, &languages, &longest,
                          &near_end, &letters))
        return NULL;
    self = (Literals *)type->tp_alloc(type, 0);
    if (self == NULL)
        goto done;
    n = flags.len;
    if (allocate(self, n, PyUnicode_GET_LENGTH(pool)) < 0
        || fill(self->offsets, &offsets, 4 * (n + 1), "offsets") < 0
        || fill(self->flags, &flags, n, "flags") < 0 || fill(self->numbers, &numbers, 4 * n, "numbers") < 0
        || fill(self->languages, &languages, 8 * n, "languages") < 0
        || fill(self->longest, &longest, 4 * n, "longest") < 0
        || fill(self->near_end, &near_end, 4 * n, "near_end") < 0
        || fill(self->letters, &letters, 0x110000 / 8, "letters") < 0)
        goto failed;
    for (i = 0; i < n; i++)
        if (self->offsets[i + 1] < self->offsets[i])
            break;
    if (i < n || (Py_ssize_t)self->offsets[n] != PyUnicode_GET_LENGTH(pool)) {
        PyErr_SetString(PyExc_ValueError, "offsets don't fit the pool");
        goto failed;
    }
    if (PyUnicode_AsUCS4(pool, self->pool, PyUnicode_GET_LENGTH(pool) + 1, 0) == NULL
        || index_slots(self) < 0)
        goto failed;
    goto done;
failed:
    Py_CLEAR(self);
done:
    PyBuffer_Release(&offsets);
    PyBuffer_Release(&flags);
    PyBuffer_Release(&numbers);
    PyBuffer_Release(&languages);
    PyBuffer_Release(&longest);
    PyBuffer_Release(&near_end);
    PyBuffer_Release(&letters);
    return (PyObject *)self;
}

static PyMethodDef Literals_methods[] = {
    {"scan", (PyCFunction)Literals_scan, METH_VARARGS,
     "scan(folded, text, known) -> [(end, number), ...]\n\n"
     "Every literal that stands where its flags want it, by the place where it begins. `known` has a bit\n"
     "for each language that the text may be in."},
    {"subset", (PyCFunction)Literals_subset, METH_VARARGS,
     "subset(known) -> Literals\n\nThe same without the literals of other languages."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject LiteralsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cleantext._literals.Literals",
    .tp_doc = "A set of literals: see scan/literals.py.",
    .tp_basicsize = sizeof(Literals),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Literals_new,
    .tp_dealloc = (destructor)Literals_dealloc,
    .tp_methods = Literals_methods,
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_literals",
    .m_doc = "The compiled part of the scan.",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit__literals(void)
{
    PyObject *m;
    if (PyType_Ready(&LiteralsType) < 0)
        return NULL;
    m = PyModule_Create(&module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&LiteralsType);
    if (PyModule_AddObject(m, "Literals", (PyObject *)&LiteralsType) < 0) {
        Py_DECREF(&LiteralsType);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
