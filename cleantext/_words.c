/* Looks up the words of a text in tables: the quick twin of loops in concepts.py and language.py, which
 * say what is done and stay in force where this module wasn't built.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define BITMAP_SIZE (0x110000 / 8)
#define HAS(bitmap, c) ((bitmap)[(c) >> 3] >> ((c) & 7) & 1)
#define MOST_WORDS 2048 /* of one sentence or line; longer ones are left to Python */

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

static PyObject *
words_concepts(PyObject *module, PyObject *args)
{
    PyObject *folded, *known, *unknown, *found = NULL, *out = NULL;
    Py_ssize_t start, stop, least, i, begun = 0, wide = 0;
    Py_buffer letters, unspaced;
    Span words[MOST_WORDS];
    PyObject *here[MOST_WORDS]; /* owned: the terms that begin with each word, or NULL */
    Words t;
    (void)module;
    if (!PyArg_ParseTuple(args, "UnnO!Oy*y*n", &folded, &start, &stop, &PyDict_Type, &known, &unknown,
                          &letters, &unspaced, &least))
        return NULL;
    t.kind = PyUnicode_KIND(folded);
    t.data = PyUnicode_DATA(folded);
    t.words = words;
    t.count = 0;
    if (letters.len != BITMAP_SIZE || unspaced.len != BITMAP_SIZE) {
        PyErr_SetString(PyExc_ValueError, "a bitmap has the wrong size");
        goto done;
    }
    if (start < 0)
        start = 0;
    if (stop > PyUnicode_GET_LENGTH(folded))
        stop = PyUnicode_GET_LENGTH(folded);
    for (i = start; i < stop;) {
        const uint8_t *map = letters.buf, *wides = unspaced.buf;
        PyObject *word, *terms;
        Py_ssize_t begin;
        Py_UCS4 c = AT(&t, i);
        if (!HAS(map, c)) {
            i++;
            continue;
        }
        begin = i;
        for (; i < stop && (c = AT(&t, i), HAS(map, c)); i++)
            wide += c > 0xDFF && HAS(wides, c);
        if (t.count == MOST_WORDS) {
            out = Py_None;
            Py_INCREF(out);
            goto done;
        }
        word = PyUnicode_Substring(folded, begin, i);
        if (word == NULL)
            goto done;
        terms = PyDict_GetItemWithError(known, word);
        if (terms != NULL)
            Py_INCREF(terms);
        else if (!PyErr_Occurred())
            terms = PyObject_CallOneArg(unknown, word);
        Py_DECREF(word);
        if (terms == NULL)
            goto done;
        if (!PyTuple_CheckExact(terms)) {
            Py_DECREF(terms);
            PyErr_SetString(PyExc_TypeError, "terms are a tuple");
            goto done;
        }
        words[t.count].start = begin;
        words[t.count].stop = i;
        here[t.count] = terms;
        if (PyTuple_GET_SIZE(terms))
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
    PyBuffer_Release(&letters);
    PyBuffer_Release(&unspaced);
    return out;
}

/* --- function words -------------------------------------------------------------------------------- */

#define MOST_LANGUAGES 128

typedef struct {
    uint64_t key;     /* 0: the slot is free */
    uint32_t offset;  /* into pool */
    uint32_t length;  /* in code points */
    uint64_t langs[MOST_LANGUAGES / 64];
} Entry;

typedef struct {
    PyObject_HEAD
    Entry *entries;
    uint64_t mask;
    Py_UCS4 *pool;
    Py_UCS4 outer[64]; /* marks that may stand around a word */
    int outers;
} FunctionWords;

static inline uint64_t
mix(uint64_t h, uint32_t c)
{
    return (h ^ (h >> 29) ^ c) * 0x9E3779B97F4A7C15u;
}

#define SEED 0x2545F4914F6CDD1Du

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
    uint64_t h = SEED, at;
    Py_ssize_t i;
    for (i = start; i < stop; i++)
        h = mix(h, AT(t, i));
    h |= 1;
    for (at = h >> 40 & self->mask; self->entries[at].key; at = (at + 1) & self->mask) {
        const Entry *e = &self->entries[at];
        if (e->key != h || (Py_ssize_t)e->length != stop - start)
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
    PyMem_Free(self->pool);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
FunctionWords_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *words, *outer, *word, *langs;
    FunctionWords *self;
    Py_ssize_t position = 0, total = 0, slots = 64, at = 0, i;
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
    while (slots < 4 * PyDict_GET_SIZE(words))
        slots *= 2;
    self = (FunctionWords *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->mask = (uint64_t)slots - 1;
    self->entries = PyMem_Calloc(slots, sizeof(Entry));
    self->pool = PyMem_Malloc(sizeof(Py_UCS4) * (total + 1));
    if (self->entries == NULL || self->pool == NULL) {
        PyErr_NoMemory();
        goto failed;
    }
    self->outers = (int)PyUnicode_GET_LENGTH(outer);
    for (i = 0; i < self->outers; i++)
        self->outer[i] = PyUnicode_READ_CHAR(outer, i);
    position = 0;
    while (PyDict_Next(words, &position, &word, &langs)) {
        Py_ssize_t length = PyUnicode_GET_LENGTH(word);
        uint64_t h = SEED, slot;
        Entry *e;
        for (i = 0; i < length; i++) {
            self->pool[at + i] = PyUnicode_READ_CHAR(word, i);
            h = mix(h, self->pool[at + i]);
        }
        h |= 1;
        for (slot = h >> 40 & self->mask; self->entries[slot].key; slot = (slot + 1) & self->mask)
            ;
        e = &self->entries[slot];
        e->key = h;
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
    {"concepts", words_concepts, METH_VARARGS,
     "concepts(folded, start, stop, known, unknown, letters, unspaced, least)\n"
     "-> (found, words, code points of scripts without blanks) | None\n\n"
     "See concepts.py. `known` has the terms that begin with a word; unknown(word) finds them; `letters` and\n"
     "`unspaced` have a bit for each code point. None where there are too many words."},
    {"in_ranges", words_in_ranges, METH_VARARGS,
     "in_ranges(text, step, bounds) -> (count, ...)\n\n"
     "How many of every `step`th code point each range holds; `bounds` are its first and last as 32-bit\n"
     "numbers, in order."},
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
    if (PyType_Ready(&FunctionWordsType) < 0)
        return NULL;
    m = PyModule_Create(&module);
    if (m == NULL)
        return NULL;
    Py_INCREF(&FunctionWordsType);
    if (PyModule_AddObject(m, "FunctionWords", (PyObject *)&FunctionWordsType) < 0) {
        Py_DECREF(&FunctionWordsType);
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
