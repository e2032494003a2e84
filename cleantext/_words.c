/* Looks up the words of a text in tables: the quick twin of loops in concepts.py, language.py and
 * border.py, which say what is done and stay in force where this module wasn't built.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define BITMAP_SIZE (0x110000 / 8)
#define HAS(bitmap, c) ((bitmap)[(c) >> 3] >> ((c) & 7) & 1)
#define MOST_WORDS 2048   /* of one sentence or line; longer ones are left to Python */
#define LONGEST_KEPT 1000 /* no word of more code points is remembered */
#define MOST_KNOWN 1000000

/* --- concepts -------------------------------------------------------------------------------------- */

typedef struct {
    Py_ssize_t start, stop;
} Span;

typedef struct {
    int kind;
    const void *data;
    Span *words;
    Py_ssize_t count;
} Words;

#define AT(t, i) PyUnicode_READ((t)->kind, (t)->data, (i))

/* Whether a string is the text of a word, or (`more`) that word begins with it. */
static int
equals(const Words *t, Span w, PyObject *letters, int more)
{
    Py_ssize_t i, n = PyUnicode_GET_LENGTH(letters), size = w.stop - w.start;
    int kind = PyUnicode_KIND(letters);
    const void *data = PyUnicode_DATA(letters);
    if (n > size || (n < size && !more))
        return 0;
    for (i = 0; i < n; i++)
        if (PyUnicode_READ(kind, data, i) != AT(t, w.start + i))
            return 0;
    return 1;
}

/* What may stand between the words of a phrase: _GAP in concepts.py. */
static int
is_gap(const Words *t, Py_ssize_t start, Py_ssize_t stop)
{
    Py_UCS4 a, b;
    switch (stop - start) {
    case 0:
        return 1;
    case 1:
        a = AT(t, start);
        return a == ' ' || a == '-' || a == '\'' || a == 0x200C || a == '\t';
    case 2:
        a = AT(t, start);
        b = AT(t, start + 1);
        return (a == ' ' && (b == ' ' || b == '-')) || (a == '-' && b == ' ');
    }
    return 0;
}

/* Adds the terms that begin with word `i`, each (concept, ((letters, more), ...)), to `found`. */
static int
take(const Words *t, Py_ssize_t i, PyObject *terms, PyObject *found)
{
    Py_ssize_t n, k;
    for (n = 0; n < PyTuple_GET_SIZE(terms); n++) {
        PyObject *term = PyTuple_GET_ITEM(terms, n), *concept, *rest, *span;
        Py_ssize_t j = i;
        int known, failed;
        if (!PyTuple_CheckExact(term) || PyTuple_GET_SIZE(term) != 2)
            goto bad;
        concept = PyTuple_GET_ITEM(term, 0);
        rest = PyTuple_GET_ITEM(term, 1);
        if (!PyTuple_CheckExact(rest))
            goto bad;
        known = PyDict_Contains(found, concept);
        if (known < 0)
            return -1;
        if (known)
            continue;
        for (k = 0; k < PyTuple_GET_SIZE(rest); k++) {
            PyObject *part = PyTuple_GET_ITEM(rest, k);
            if (!PyTuple_CheckExact(part) || PyTuple_GET_SIZE(part) != 2
                || !PyUnicode_Check(PyTuple_GET_ITEM(part, 0)))
                goto bad;
            if (++j >= t->count)
                break;
            if (!equals(t, t->words[j], PyTuple_GET_ITEM(part, 0), PyTuple_GET_ITEM(part, 1) == Py_True)
                || !is_gap(t, t->words[j - 1].stop, t->words[j].start))
                break;
        }
        if (k < PyTuple_GET_SIZE(rest))
            continue;
        span = Py_BuildValue("(nn)", t->words[i].start, t->words[j].stop);
        if (span == NULL)
            return -1;
        failed = PyDict_SetItem(found, concept, span);
        Py_DECREF(span);
        if (failed < 0)
            return -1;
    }
    return 0;
bad:
    PyErr_SetString(PyExc_TypeError, "a term is (concept, ((letters, more), ...))");
    return -1;
}

/* What was looked up before: the terms that begin with each word. */
typedef struct {
    uint64_t key;    /* 0: the slot is free */
    uint32_t offset; /* into pool */
    uint32_t length; /* in code points */
    PyObject *terms; /* a tuple */
} Known;

typedef struct {
    PyObject_HEAD
    PyObject *unknown; /* finds the terms of a word */
    PyObject *letters, *unspaced; /* bitmaps */
    Known *known;
    uint64_t mask;
    Py_ssize_t count, most;
    Py_UCS4 *pool;
    Py_ssize_t used, room;
} Terms;

static inline uint64_t
mix(uint64_t h, uint32_t c)
{
    return (h ^ (h >> 29) ^ c) * 0x9E3779B97F4A7C15u;
}

#define SEED 0x2545F4914F6CDD1Du
#define SMALLEST 1024

/* Forgets everything. */
static void
terms_clear(Terms *self)
{
    uint64_t i;
    Known *known = self->known;
    self->known = NULL;
    if (known != NULL)
        for (i = 0; i <= self->mask; i++)
            Py_XDECREF(known[i].terms);
    PyMem_Free(known);
    self->count = self->used = 0;
}

static int
terms_grow(Terms *self)
{
    uint64_t size = self->known == NULL ? SMALLEST : 2 * (self->mask + 1), i;
    Known *bigger = PyMem_Calloc(size, sizeof(Known));
    if (bigger == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (self->known != NULL)
        for (i = 0; i <= self->mask; i++)
            if (self->known[i].key) {
                uint64_t at = self->known[i].key >> 40 & (size - 1);
                while (bigger[at].key)
                    at = (at + 1) & (size - 1);
                bigger[at] = self->known[i];
            }
    PyMem_Free(self->known);
    self->known = bigger;
    self->mask = size - 1;
    return 0;
}

/* The terms that begin with the word ``[start, stop)``, whose hash is `key`: a new reference. */
static PyObject *
terms_of(Terms *self, PyObject *folded, const Words *t, Py_ssize_t start, Py_ssize_t stop, uint64_t key)
{
    Py_ssize_t length = stop - start, i;
    PyObject *word, *terms;
    uint64_t at;
    key |= 1;
    if (self->known != NULL)
        for (at = key >> 40 & self->mask; self->known[at].key; at = (at + 1) & self->mask) {
            const Known *k = &self->known[at];
            if (k->key != key || (Py_ssize_t)k->length != length)
                continue;
            for (i = 0; i < length && self->pool[k->offset + i] == AT(t, start + i); i++)
                ;
            if (i == length)
                return Py_NewRef(k->terms);
        }
    word = PyUnicode_Substring(folded, start, stop);
    if (word == NULL)
        return NULL;
    terms = PyObject_CallOneArg(self->unknown, word); /* may run other code, and so change the table */
    Py_DECREF(word);
    if (terms == NULL)
        return NULL;
    if (!PyTuple_CheckExact(terms)) {
        Py_DECREF(terms);
        PyErr_SetString(PyExc_TypeError, "terms are a tuple");
        return NULL;
    }
    if (length > LONGEST_KEPT)
        return terms;
    if (self->count >= self->most)
        terms_clear(self);
    if (self->known == NULL || (uint64_t)self->count * 2 > self->mask)
        if (terms_grow(self) < 0)
            goto failed;
    if (self->used + length > self->room) {
        Py_ssize_t room = 2 * (self->room + length) + 4096;
        Py_UCS4 *bigger = PyMem_Realloc(self->pool, sizeof(Py_UCS4) * room);
        if (bigger == NULL) {
            PyErr_NoMemory();
            goto failed;
        }
        self->pool = bigger;
        self->room = room;
    }
    for (at = key >> 40 & self->mask; self->known[at].key; at = (at + 1) & self->mask)
        ;
    for (i = 0; i < length; i++)
        self->pool[self->used + i] = AT(t, start + i);
    self->known[at].key = key;
    self->known[at].offset = (uint32_t)self->used;
    self->known[at].length = (uint32_t)length;
    self->known[at].terms = Py_NewRef(terms);
    self->used += length;
    self->count++;
    return terms;
failed:
    Py_DECREF(terms);
    return NULL;
}

static PyObject *
Terms_find(Terms *self, PyObject *args)
{
    PyObject *folded, *found = NULL, *out = NULL;
    Py_ssize_t start, stop, least, i, begun = 0, wide = 0;
    const uint8_t *letters, *unspaced;
    Span words[MOST_WORDS];
    PyObject *here[MOST_WORDS]; /* owned: the terms that begin with each word */
    Words t;
    if (!PyArg_ParseTuple(args, "Unnn", &folded, &start, &stop, &least))
        return NULL;
    letters = (const uint8_t *)PyBytes_AS_STRING(self->letters);
    unspaced = (const uint8_t *)PyBytes_AS_STRING(self->unspaced);
    t.kind = PyUnicode_KIND(folded);
    t.data = PyUnicode_DATA(folded);
    t.words = words;
    t.count = 0;
    if (start < 0)
        start = 0;
    if (stop > PyUnicode_GET_LENGTH(folded))
        stop = PyUnicode_GET_LENGTH(folded);
    for (i = start; i < stop;) {
        uint64_t h = SEED;
        Py_ssize_t begin = i;
        Py_UCS4 c = AT(&t, i);
        if (!HAS(letters, c)) {
            i++;
            continue;
        }
        for (; i < stop && (c = AT(&t, i), HAS(letters, c)); i++) {
            wide += c > 0xDFF && HAS(unspaced, c);
            h = mix(h, c);
        }
        if (t.count == MOST_WORDS) {
            out = Py_NewRef(Py_None);
            goto done;
        }
        here[t.count] = terms_of(self, folded, &t, begin, i, h);
        if (here[t.count] == NULL)
            goto done;
        words[t.count].start = begin;
        words[t.count].stop = i;
        if (PyTuple_GET_SIZE(here[t.count]))
            begun++;
        t.count++;
    }
    found = PyDict_New();
    if (found == NULL)
        goto done;
    if (begun >= least)
        for (i = 0; i < t.count; i++)
            if (PyTuple_GET_SIZE(here[i]) && take(&t, i, here[i], found) < 0)
                goto done;
    out = Py_BuildValue("(Onn)", found, t.count, wide);
done:
    for (i = 0; i < t.count; i++)
        Py_DECREF(here[i]);
    Py_XDECREF(found);
    return out;
}

static void
Terms_dealloc(Terms *self)
{
    terms_clear(self);
    PyMem_Free(self->pool);
    Py_XDECREF(self->unknown);
    Py_XDECREF(self->letters);
    Py_XDECREF(self->unspaced);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
Terms_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *unknown, *letters, *unspaced;
    Py_ssize_t most;
    Terms *self;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "Terms takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "OSSn", &unknown, &letters, &unspaced, &most))
        return NULL;
    if (PyBytes_GET_SIZE(letters) != BITMAP_SIZE || PyBytes_GET_SIZE(unspaced) != BITMAP_SIZE || most < 1) {
        PyErr_SetString(PyExc_ValueError, "a bitmap has the wrong size, or there is no room");
        return NULL;
    }
    self = (Terms *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->unknown = Py_NewRef(unknown);
    self->letters = Py_NewRef(letters);
    self->unspaced = Py_NewRef(unspaced);
    self->most = most < MOST_KNOWN ? most : MOST_KNOWN;
    return (PyObject *)self;
}

static PyMethodDef Terms_methods[] = {
    {"find", (PyCFunction)Terms_find, METH_VARARGS,
     "find(folded, start, stop, least) -> (found, words, code points of scripts without blanks) | None\n\n"
     "See concepts.py. None where there are too many words."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject TermsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cleantext._words.Terms",
    .tp_doc = "Terms(unknown, letters, unspaced, most): unknown(word) finds the terms that begin with a word,\n"
              "`letters` and `unspaced` have a bit for each code point, `most` words are remembered.",
    .tp_basicsize = sizeof(Terms),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = Terms_new,
    .tp_dealloc = (destructor)Terms_dealloc,
    .tp_methods = Terms_methods,
};

/* --- function words -------------------------------------------------------------------------------- */

#define MOST_LANGUAGES 128

typedef struct {
    uint32_t offset; /* into pool */
    uint32_t length; /* in code points */
    uint64_t langs[MOST_LANGUAGES / 64];
} Entry;

/* Small, for the caches are cold when a document comes: most words end at the filter. */
typedef struct {
    uint32_t hash;
    uint32_t entry; /* its number and one; 0: the slot is free */
} Slot;

#define FILTER_BITS 16
#define FILTER_AT(h) ((h) >> (64 - FILTER_BITS))
#define HASH(h) ((uint32_t)((h) >> 24))

typedef struct {
    PyObject_HEAD
    Entry *entries;
    Slot *slots;
    uint32_t mask;
    uint8_t filter[(1 << FILTER_BITS) / 8];
    Py_UCS4 *pool;
    Py_UCS4 outer[64]; /* marks that may stand around a word */
    int outers;
} FunctionWords;

static int
is_outer(const FunctionWords *self, Py_UCS4 c)
{
    int i;
    if (c < 0x80 && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
        return 0;
    for (i = 0; i < self->outers; i++)
        if (self->outer[i] == c)
            return 1;
    return 0;
}

static const Entry *
entry_of(const FunctionWords *self, const Words *t, Py_ssize_t start, Py_ssize_t stop)
{
    uint64_t h = SEED;
    uint32_t at;
    Py_ssize_t i;
    for (i = start; i < stop; i++)
        h = mix(h, AT(t, i));
    if (!HAS(self->filter, FILTER_AT(h)))
        return NULL;
    for (at = HASH(h) & self->mask; self->slots[at].entry; at = (at + 1) & self->mask) {
        const Entry *e = &self->entries[self->slots[at].entry - 1];
        if (self->slots[at].hash != HASH(h) || (Py_ssize_t)e->length != stop - start)
            continue;
        for (i = 0; i < stop - start; i++)
            if (self->pool[e->offset + i] != AT(t, start + i))
                break;
        if (i == stop - start)
            return e;
    }
    return NULL;
}

static int
count_words(const FunctionWords *self, const Words *t, Py_ssize_t i, Py_ssize_t stop, uint32_t *counts,
            uint32_t *highest)
{
    int words = 0;
    while (i < stop) {
        Py_ssize_t begin, end;
        const Entry *e;
        int part;
        while (i < stop && Py_UNICODE_ISSPACE(AT(t, i)))
            i++;
        begin = i;
        while (i < stop && !Py_UNICODE_ISSPACE(AT(t, i)))
            i++;
        if (begin == i)
            break;
        words++;
        end = i;
        e = entry_of(self, t, begin, end);
        if (e == NULL && (is_outer(self, AT(t, begin)) || is_outer(self, AT(t, end - 1)))) {
            while (begin < end && is_outer(self, AT(t, begin)))
                begin++;
            while (end > begin && is_outer(self, AT(t, end - 1)))
                end--;
            if (begin < end)
                e = entry_of(self, t, begin, end);
        }
        if (e == NULL)
            continue;
        for (part = 0; part < MOST_LANGUAGES / 64; part++) {
            uint64_t langs = e->langs[part];
            uint32_t n;
            for (n = 64 * part; langs; n++, langs >>= 1)
                if (langs & 1) {
                    counts[n]++;
                    if (n >= *highest)
                        *highest = n + 1;
                }
        }
    }
    return words;
}

static PyObject *
FunctionWords_count(FunctionWords *self, PyObject *args)
{
    PyObject *text, *out;
    uint32_t counts[MOST_LANGUAGES] = {0}, highest = 0, n;
    Words t;
    int words;
    if (!PyArg_ParseTuple(args, "U", &text))
        return NULL;
    t.kind = PyUnicode_KIND(text);
    t.data = PyUnicode_DATA(text);
    words = count_words(self, &t, 0, PyUnicode_GET_LENGTH(text), counts, &highest);
    out = PyList_New(0);
    if (out == NULL)
        return NULL;
    for (n = 0; n < highest; n++) {
        PyObject *pair;
        int failed;
        if (!counts[n])
            continue;
        pair = Py_BuildValue("(II)", (unsigned int)n, (unsigned int)counts[n]);
        failed = pair == NULL || PyList_Append(out, pair) < 0;
        Py_XDECREF(pair);
        if (failed) {
            Py_DECREF(out);
            return NULL;
        }
    }
    return Py_BuildValue("(iN)", words, out);
}

static void
FunctionWords_dealloc(FunctionWords *self)
{
    PyMem_Free(self->entries);
    PyMem_Free(self->slots);
    PyMem_Free(self->pool);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
FunctionWords_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *words, *outer, *word, *langs;
    FunctionWords *self;
    Py_ssize_t position = 0, total = 0, slots = 64, at = 0, i;
    uint32_t count = 0;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "FunctionWords takes no keywords");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!U", &PyDict_Type, &words, &outer))
        return NULL;
    if (PyUnicode_GET_LENGTH(outer) > 64) {
        PyErr_SetString(PyExc_ValueError, "too many marks");
        return NULL;
    }
    while (PyDict_Next(words, &position, &word, &langs)) {
        if (!PyUnicode_Check(word) || !PyUnicode_GET_LENGTH(word) || !PyTuple_Check(langs)) {
            PyErr_SetString(PyExc_TypeError, "words are {word: (number of a language, ...)}");
            return NULL;
        }
        total += PyUnicode_GET_LENGTH(word);
    }
    while (slots < 2 * PyDict_GET_SIZE(words))
        slots *= 2;
    self = (FunctionWords *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->mask = (uint32_t)(slots - 1);
    self->entries = PyMem_Calloc(PyDict_GET_SIZE(words) + 1, sizeof(Entry));
    self->slots = PyMem_Calloc(slots, sizeof(Slot));
    self->pool = PyMem_Malloc(sizeof(Py_UCS4) * (total + 1));
    if (self->entries == NULL || self->slots == NULL || self->pool == NULL) {
        PyErr_NoMemory();
        goto failed;
    }
    self->outers = (int)PyUnicode_GET_LENGTH(outer);
    for (i = 0; i < self->outers; i++)
        self->outer[i] = PyUnicode_READ_CHAR(outer, i);
    position = 0;
    while (PyDict_Next(words, &position, &word, &langs)) {
        Py_ssize_t length = PyUnicode_GET_LENGTH(word);
        uint64_t h = SEED;
        uint32_t slot;
        Entry *e = &self->entries[count];
        for (i = 0; i < length; i++) {
            self->pool[at + i] = PyUnicode_READ_CHAR(word, i);
            h = mix(h, self->pool[at + i]);
        }
        for (slot = HASH(h) & self->mask; self->slots[slot].entry; slot = (slot + 1) & self->mask)
            ;
        self->slots[slot].hash = HASH(h);
        self->slots[slot].entry = ++count;
        self->filter[FILTER_AT(h) >> 3] |= (uint8_t)(1u << (FILTER_AT(h) & 7));
        e->offset = (uint32_t)at;
        e->length = (uint32_t)length;
        at += length;
        for (i = 0; i < PyTuple_GET_SIZE(langs); i++) {
            long n = PyLong_AsLong(PyTuple_GET_ITEM(langs, i));
            if (n < 0 || n >= MOST_LANGUAGES) {
                if (!PyErr_Occurred())
                    PyErr_SetString(PyExc_ValueError, "too many languages");
                goto failed;
            }
            e->langs[n / 64] |= (uint64_t)1 << (n % 64);
        }
    }
    return (PyObject *)self;
failed:
    Py_DECREF(self);
    return NULL;
}

static PyMethodDef FunctionWords_methods[] = {
    {"count", (PyCFunction)FunctionWords_count, METH_VARARGS,
     "count(text) -> (words, [(number of a language, its words), ...])\n\n"
     "How many words a text has, and how many of them are function words of each language."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject FunctionWordsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "cleantext._words.FunctionWords",
    .tp_doc = "FunctionWords(words, outer): {word: (number of a language, ...)}, and marks around words.",
    .tp_basicsize = sizeof(FunctionWords),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = FunctionWords_new,
    .tp_dealloc = (destructor)FunctionWords_dealloc,
    .tp_methods = FunctionWords_methods,
};

/* --- sentences ------------------------------------------------------------------------------------ */

#define LONGEST_WORD 40 /* _WORD in border.py */

static int
is_one_of(Py_UCS4 c, const Py_UCS4 *set)
{
    for (; *set; set++)
        if (*set == c)
            return 1;
    return 0;
}

static const Py_UCS4 TERMINALS[] = {'.', '!', '?', 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0xFF61, 0x061F, 0x06D4,
                                    0x0964, 0x0965, 0};
static const Py_UCS4 CLOSERS[] = {'\'', '"', 0x201D, 0x2019, 0xBB, 0x203A, ')', ']', 0xFF09, 0x300D, 0x300F,
                                  0x3011, 0};
static const Py_UCS4 ALONE[] = {0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0xFF61, 0x0965, 0x0964, 0x061F, 0x06D4, 0};
static const Py_UCS4 OPENERS[] = {0x201C, '"', 0xAB, 0x201E, 0x2018, '\'', '(', 0xA9, '#', '@', '[', '*', 0};

/* Marks that may end a sentence are rare below 0x80 and above it begin here. */
static int
is_terminal(Py_UCS4 c)
{
    if (c < 0x80)
        return c == '.' || c == '!' || c == '?';
    return c >= 0x61F && is_one_of(c, TERMINALS);
}

/* See _breaks in border.py; -1 for an error. */
static int
breaks(const Words *t, Py_ssize_t begin, Py_ssize_t mark, Py_ssize_t after, Py_ssize_t stop,
       PyObject *text, PyObject *abbreviations)
{
    Py_UCS4 c = AT(t, mark), next = AT(t, after), last;
    Py_ssize_t start, i, size;
    int blank, digits, dots;
    if (is_one_of(c, ALONE))
        return 1;
    blank = Py_UNICODE_ISSPACE(next);
    if (blank) {
        for (i = after; i < stop && Py_UNICODE_ISSPACE(AT(t, i)); i++)
            ;
        if (i >= stop)
            return 1;
        next = AT(t, i);
    }
    if (Py_UNICODE_ISLOWER(next) || next == ',' || next == ';' || next == ':' || next == ')')
        return 0;
    if (c != '.')
        return blank || Py_UNICODE_ISALPHA(next);
    if (begin < mark - LONGEST_WORD)
        begin = mark - LONGEST_WORD;
    digits = 1;
    dots = 0;
    for (start = mark; start > begin; start--) {
        Py_UCS4 before = AT(t, start - 1);
        if (before == '.')
            dots = 1;
        else if (before != '\'' && before != 0x2019 && !Py_UNICODE_ISALNUM(before))
            break;
        if (!Py_UNICODE_ISDIGIT(before))
            digits = 0;
    }
    size = mark - start;
    last = size ? AT(t, mark - 1) : 0;
    if (blank) {
        if (size) { /* an abbreviation */
            PyObject *word = PyUnicode_Substring(text, start, mark), *lower;
            int known;
            if (word == NULL)
                return -1;
            lower = PyObject_CallMethod(word, "lower", NULL);
            Py_DECREF(word);
            if (lower == NULL)
                return -1;
            known = PySet_Contains(abbreviations, lower);
            Py_DECREF(lower);
            if (known)
                return known < 0 ? -1 : 0;
        }
        if (size == 1 && Py_UNICODE_ISUPPER(last)) /* an initial */
            return 0;
        /* an ordinal: `am 3. mai` */
        return !(size && digits && size <= 2 && !Py_UNICODE_ISUPPER(next));
    }
    /* No blank: `talks.Share` is two sentences, `U.S`, `example.Com`, `3.5` are not. */
    if (Py_UNICODE_ISDIGIT(next) || (size && Py_UNICODE_ISDIGIT(last)))
        return Py_UNICODE_ISUPPER(next) && size && Py_UNICODE_ISDIGIT(last);
    if (dots || size <= 1)
        return 0;
    return Py_UNICODE_ISUPPER(next) || (Py_UNICODE_ISALPHA(next) && !Py_UNICODE_ISLOWER(next))
           || is_one_of(next, OPENERS);
}

static int
add_sentence(const Words *t, PyObject *out, Py_ssize_t start, Py_ssize_t stop)
{
    PyObject *span;
    int failed;
    while (start < stop && Py_UNICODE_ISSPACE(AT(t, start)))
        start++;
    while (stop > start && Py_UNICODE_ISSPACE(AT(t, stop - 1)))
        stop--;
    if (start == stop)
        return 0;
    span = Py_BuildValue("(nn)", start, stop);
    if (span == NULL)
        return -1;
    failed = PyList_Append(out, span);
    Py_DECREF(span);
    return failed;
}

static PyObject *
words_sentences(PyObject *module, PyObject *args)
{
    PyObject *text, *abbreviations, *out;
    Py_ssize_t start, stop, begin, i;
    Words t;
    (void)module;
    if (!PyArg_ParseTuple(args, "UnnO!", &text, &start, &stop, &PyFrozenSet_Type, &abbreviations))
        return NULL;
    t.kind = PyUnicode_KIND(text);
    t.data = PyUnicode_DATA(text);
    if (start < 0)
        start = 0;
    if (stop > PyUnicode_GET_LENGTH(text))
        stop = PyUnicode_GET_LENGTH(text);
    out = PyList_New(0);
    if (out == NULL)
        return NULL;
    begin = start;
    for (i = start; i < stop; i++) {
        Py_ssize_t mark = i;
        int ends;
        if (!is_terminal(AT(&t, i)))
            continue;
        while (i + 1 < stop && is_terminal(AT(&t, i + 1)))
            i++;
        while (i + 1 < stop && is_one_of(AT(&t, i + 1), CLOSERS))
            i++;
        ends = i + 1 >= stop ? 1 : breaks(&t, begin, mark, i + 1, stop, text, abbreviations);
        if (ends < 0 || (ends && add_sentence(&t, out, begin, i + 1) < 0)) {
            Py_DECREF(out);
            return NULL;
        }
        if (ends)
            begin = i + 1;
    }
    if (begin < stop && add_sentence(&t, out, begin, stop) < 0)
        Py_CLEAR(out);
    return out;
}

/* --- scripts --------------------------------------------------------------------------------------- */

#define MOST_RANGES 64

static PyObject *
words_in_ranges(PyObject *module, PyObject *args)
{
    PyObject *text, *out;
    Py_buffer bounds;
    Py_ssize_t step, i, size, counts[MOST_RANGES] = {0};
    int kind, ranges, r;
    const void *data;
    const uint32_t *limits;
    (void)module;
    if (!PyArg_ParseTuple(args, "Uny*", &text, &step, &bounds))
        return NULL;
    ranges = (int)(bounds.len / 8);
    limits = bounds.buf;
    if (ranges < 1 || ranges > MOST_RANGES || bounds.len % 8 || step < 1) {
        PyBuffer_Release(&bounds);
        PyErr_SetString(PyExc_ValueError, "bounds are pairs of 32-bit numbers, and a step is 1 or more");
        return NULL;
    }
    kind = PyUnicode_KIND(text);
    data = PyUnicode_DATA(text);
    size = PyUnicode_GET_LENGTH(text);
    for (i = 0; i < size; i += step) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        for (r = 0; r < ranges && c >= limits[2 * r]; r++)
            if (c <= limits[2 * r + 1]) {
                counts[r]++;
                break;
            }
    }
    PyBuffer_Release(&bounds);
    out = PyTuple_New(ranges);
    for (r = 0; out != NULL && r < ranges; r++) {
        PyObject *n = PyLong_FromSsize_t(counts[r]);
        if (n == NULL)
            Py_CLEAR(out);
        else
            PyTuple_SET_ITEM(out, r, n);
    }
    return out;
}

/* --- module ---------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"in_ranges", words_in_ranges, METH_VARARGS,
     "in_ranges(text, step, bounds) -> (count, ...)\n\n"
     "How many of every `step`th code point each range holds; `bounds` are its first and last as 32-bit\n"
     "numbers, in order."},
    {"sentences", words_sentences, METH_VARARGS,
     "sentences(text, start, stop, abbreviations) -> [(start, stop), ...]\n\nSee border.py."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_words",
    .m_doc = "Words looked up in tables.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC
PyInit__words(void)
{
    PyObject *m;
    m = PyModule_Create(&module);
    if (m != NULL && (PyModule_AddType(m, &TermsType) < 0 || PyModule_AddType(m, &FunctionWordsType) < 0))
        Py_CLEAR(m);
    return m;
}
