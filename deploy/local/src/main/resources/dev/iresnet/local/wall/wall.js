// Shows what the wall's server sends. Data from events is inserted as text, never as HTML.
'use strict';

const LONGEST_SIDE = 640; // of a canvas: larger pictures are drawn smaller
const FEW_PIXELS = 128;
const TEXT_PIXELS = 22; // on a canvas that is shown at half its size or less
const LOADING_AT_ONCE = 3; // browsers allow six connections, and the stream uses one
const RETRY_MILLIS = 2000;

const byId = (id) => document.getElementById(id);
const fromTemplate = (id) => byId(id).content.firstElementChild.cloneNode(true);
const numbers = new Intl.NumberFormat('en');
const names = new Intl.Collator('en', {numeric: true});

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Boxes are in pixels of the picture as it is stored: an EXIF orientation must not turn it under them. */
function asStored(result) {
  return result.objects ? {imageOrientation: 'none'} : {};
}

/** Of a class: the same one everywhere, dark enough for white words. */
function colour(name) {
  let hash = 0;
  for (const character of name) {
    hash = (31 * hash + character.codePointAt(0)) % 360;
  }
  return `hsl(${hash} 80% 28%)`;
}

/** 0.9375 becomes 93.8%. */
function percent(score) {
  return `${(100 * score).toFixed(1)}%`;
}

function duration(millis) {
  const seconds = millis / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 120) {
    return `${Math.round(seconds)} s`;
  }
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function rate(perSecond) {
  return perSecond === undefined ? '–' : perSecond.toFixed(perSecond < 99.95 ? 1 : 0);
}

/** Requests a few pictures at a time, and only the newest one of each camera. */
class PictureQueue {
  #waiting = new Map();
  #loading = 0;

  ask(camera) {
    this.#waiting.set(camera.number, camera);
    this.#next();
  }

  forget(camera) {
    this.#waiting.delete(camera.number);
  }

  async #next() {
    if (this.#loading === LOADING_AT_ONCE || this.#waiting.size === 0) {
      return;
    }
    const [number, camera] = this.#waiting.entries().next().value;
    this.#waiting.delete(number);
    this.#loading++;
    try {
      await camera.load();
    } finally {
      this.#loading--;
      this.#next();
    }
  }
}

/** A card. The picture and its labels change together. */
class CameraCard {
  constructor(number, pictures, sight) {
    this.number = number;
    this.element = fromTemplate('camera');
    this.canvas = this.element.querySelector('canvas');
    this.name = this.element.querySelector('h2 bdi');
    this.pictures = pictures;
    this.sight = sight;
    this.visible = false;
    this.busy = false;
    this.element.camera = this;
    sight.observe(this.element);
  }

  remove() {
    this.sight.unobserve(this.element);
    this.pictures.forget(this);
    this.element.remove();
  }

  /** Takes the server's current state and shows it at once, except a new frame, which waits for its picture. */
  update(view, receivedAt) {
    this.view = view;
    this.receivedAt = receivedAt;
    setText(this.name, view.name);
    this.name.title = view.name;
    this.showLetter();
    if (!view.result) {
      this.showNone('No labelled frame yet');
    }
    this.want();
    this.tick(receivedAt);
  }

  seen(visible) {
    this.visible = visible;
    this.want();
  }

  /** Requests the newest frame, if the card is visible and does not show it yet. */
  want() {
    const result = this.view?.result;
    if (this.visible && !this.busy && result && result.eventId !== this.shownEvent) {
      this.pictures.ask(this);
    }
  }

  async load() {
    const view = this.view;
    this.busy = true;
    try {
      await this.draw(view);
    } finally {
      this.busy = false;
    }
    if (this.view !== view) {
      this.want();
    }
  }

  async draw(view) {
    const url = `/frames/${view.number}?event=${encodeURIComponent(view.result.eventId)}`;
    let reason;
    try {
      const response = await fetch(url);
      if (response.ok) {
        const picture = await createImageBitmap(await response.blob(), asStored(view.result));
        this.showResult(view, picture);
        picture.close();
        return;
      }
      if (response.status === 410) {
        return; // a newer frame has been requested
      }
      reason = response.status === 404 ? await response.text() : `the wall answers ${response.status}`;
    } catch (error) {
      if (error instanceof TypeError) {
        return; // the wall does not answer: the last frame stays, with its own labels
      }
      reason = 'this browser cannot show it';
    }
    this.showResult(view, undefined);
    this.showNone(`No picture: ${reason}`);
  }

  showResult(view, picture) {
    const result = view.result;
    this.shownEvent = result.eventId;
    this.shown = view;
    this.shownAt = this.receivedAt;
    if (picture) {
      this.paint(picture, result.objects);
      this.showNone('');
    }
    this.element.dataset.event = result.eventId;
    this.element.classList.toggle('unsure', result.status !== 'LABELED');
    const list = this.element.querySelector('.labels');
    result.labels.forEach((label, index) => this.showLabel(list, index, label));
    while (list.children.length > result.labels.length) {
      list.lastElementChild.remove();
    }
    const best = result.labels.length
      ? `${result.labels[0].name} ${percent(result.labels[0].score)}`
      : result.objects ? 'nothing found' : 'no label';
    this.canvas.setAttribute('aria-label', `Frame of ${view.name}: ${best}`);
    this.tick(performance.now());
  }

  showLabel(list, index, label) {
    const row = list.children[index] || list.appendChild(fromTemplate('label'));
    const name = row.querySelector('.name');
    setText(name, label.name);
    name.title = label.name;
    setText(row.querySelector('.score'), percent(label.score));
    row.querySelector('.bar').style.setProperty('--share', label.score);
  }

  paint(picture, objects) {
    const fits = LONGEST_SIDE / Math.max(picture.width, picture.height);
    const scale = objects ? fits : Math.min(1, fits); // a box's name needs room on a small picture, too
    const width = Math.max(1, Math.round(picture.width * scale));
    const height = Math.max(1, Math.round(picture.height * scale));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.canvas.classList.toggle('few', Math.max(picture.width, picture.height) <= FEW_PIXELS);
    const context = this.canvas.getContext('2d');
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = !this.canvas.classList.contains('few');
    context.drawImage(picture, 0, 0, width, height);
    // the best last, so that it lies on top
    [...(objects || [])].reverse().forEach((object) => this.paintObject(context, object));
  }

  paintObject(context, object) {
    const {width, height} = context.canvas;
    const left = object.left * width;
    const top = object.top * height;
    context.strokeStyle = colour(object.name);
    context.lineWidth = 3;
    context.strokeRect(left, top, (object.right - object.left) * width, (object.bottom - object.top) * height);
    const words = `${object.name} ${percent(object.score)}`;
    context.font = `${TEXT_PIXELS}px sans-serif`;
    context.textBaseline = 'top';
    const room = context.measureText(words).width + 8;
    const x = Math.max(0, Math.min(left, width - room));
    const y = Math.max(0, top - TEXT_PIXELS - 4);
    context.fillStyle = context.strokeStyle;
    context.fillRect(x, y, room, TEXT_PIXELS + 4);
    context.fillStyle = 'white';
    context.fillText(words, x + 4, y + 2);
  }

  showNone(words) {
    setText(this.element.querySelector('.none'), words);
    if (words) {
      this.canvas.getContext('2d').clearRect(0, 0, this.canvas.width, this.canvas.height);
    }
  }

  showLetter() {
    const letter = this.element.querySelector('.letter');
    letter.hidden = !this.view.letter;
    if (this.view.letter) {
      letter.title = this.view.letter.message;
    }
  }

  /** Updates what changes with time alone. */
  tick(now) {
    const since = now - this.receivedAt;
    const {view, shown} = this;
    this.element.classList.toggle('silent', view.silent);
    setText(this.element.querySelector('.status'), this.status(since));
    if (view.letter) {
      const times = view.letters === 1 ? '' : ` (${numbers.format(view.letters)} in all)`;
      setText(
        this.element.querySelector('.letter'),
        `${view.letter.code}, ${duration(view.letter.ageMillis + since)} ago${times}`);
    }
    const facts = [`${numbers.format(view.results)} labelled`];
    if (view.perSecond !== undefined) {
      facts.push(`${rate(view.perSecond)}/s`);
    }
    if (shown) {
      facts.push(`${numbers.format(shown.result.latencyMillis)} ms`);
      setText(
        this.element.querySelector('.age'),
        `${duration(shown.result.ageMillis + now - this.shownAt)} ago`);
    }
    setText(this.element.querySelector('.facts'), facts.join(' · '));
  }

  status(since) {
    const {view, shown} = this;
    if (view.silent) {
      return `silent for ${duration(view.quietMillis + since)}`;
    }
    switch (shown && shown.result.status) {
      case 'STALE':
        return 'too old, not labelled';
      case 'LOW_CONFIDENCE':
        return 'not sure';
      default:
        return '';
    }
  }
}

const STATES = {
  connecting: 'Connecting',
  starting: 'Starting',
  running: 'Live',
  failed: 'Kafka cannot be read',
  ended: 'The run has ended',
  lost: 'The wall does not answer',
  paused: 'Paused',
};

const EMPTY = {
  connecting: 'The page waits for the run.',
  starting: 'The job is starting: its model is loaded and warmed.',
  running: 'No frames yet. A camera appears here when its first frame is answered.',
  failed: 'The topics cannot be read any more; see the log of the run.',
  ended: 'The run has ended.',
  lost: 'The run has ended, or cannot be reached.',
  paused: 'Paused.',
};

class Page {
  #cards = new Map();
  #pictures = new PictureQueue();
  #sight = new IntersectionObserver(
    (entries) => entries.forEach((entry) => entry.target.camera.seen(entry.isIntersecting)),
    {rootMargin: '200px'});
  #state = 'connecting';
  #paused = false;
  #stream;
  #retry;

  start() {
    byId('pause').addEventListener('click', () => this.pause(!this.#paused));
    document.addEventListener('visibilitychange', () => this.listen());
    setInterval(() => this.tick(), 500);
    this.listen();
  }

  pause(paused) {
    this.#paused = paused;
    const button = byId('pause');
    // the label says what a press does, so there is no pressed state, which would contradict it
    setText(button, paused ? 'Resume the wall' : 'Pause the wall');
    this.listen();
  }

  /** Open only while the page is visible. */
  listen() {
    const wanted = !document.hidden && !this.#paused && this.#state !== 'ended';
    if (this.#paused && this.#state !== 'ended') {
      this.show('paused');
    }
    if (!wanted) {
      clearTimeout(this.#retry);
      this.#stream?.close();
      this.#stream = undefined;
    } else if (!this.#stream) {
      this.open();
    }
  }

  open() {
    const stream = new EventSource('/stream');
    stream.onmessage = (message) => this.take(JSON.parse(message.data));
    stream.onerror = () => {
      stream.close();
      this.#stream = undefined;
      if (this.#state !== 'ended') {
        this.show('lost');
        this.#retry = setTimeout(() => this.listen(), RETRY_MILLIS);
      }
    };
    this.#stream = stream;
  }

  take(wall) {
    this.show(wall.phase);
    setText(byId('model'), wall.model);
    this.showTotals(wall.totals);
    this.showCameras(wall.cameras);
    this.showLetters(wall.letters);
    if (wall.phase === 'ended') {
      this.#stream?.close();
      this.#stream = undefined;
      byId('pause').hidden = true;
    }
  }

  show(state) {
    this.#state = state;
    byId('state').dataset.state = state;
    setText(byId('state'), STATES[state]);
    setText(byId('empty'), EMPTY[state]);
    byId('empty').hidden = this.#cards.size > 0;
  }

  showTotals(totals) {
    setText(byId('in'), numbers.format(totals.in));
    setText(byId('labelled'), numbers.format(totals.labelled));
    setText(byId('rate'), rate(totals.perSecond));
    setText(byId('waiting'), numbers.format(totals.waiting));
    setText(byId('dead'), numbers.format(totals.deadLettered));
    byId('dead').classList.toggle('some', totals.deadLettered > 0);
    const notes = [];
    const note = (count, words) => count && notes.push(`${numbers.format(count)} ${words}`);
    note(totals.lowConfidence, 'below the threshold');
    note(totals.stale, 'too old to be labelled');
    note(totals.unreadable, 'records of the output topic that are no results');
    note(totals.unshown, 'answers of cameras for which there is no room here');
    byId('notes').hidden = notes.length === 0;
    setText(byId('notes'), notes.join(' · '));
  }

  showCameras(views) {
    const now = performance.now();
    const gone = new Set(this.#cards.keys());
    for (const view of views) {
      gone.delete(view.number);
      this.card(view).update(view, now);
    }
    for (const number of gone) {
      this.#cards.get(number).remove();
      this.#cards.delete(number);
    }
    byId('empty').hidden = this.#cards.size > 0;
  }

  /** The card of a view; a new card is inserted in the order of names. */
  card(view) {
    let card = this.#cards.get(view.number);
    if (!card) {
      card = new CameraCard(view.number, this.#pictures, this.#sight);
      this.#cards.set(view.number, card);
      const next = [...byId('cameras').children].find(
        (element) => names.compare(element.camera.view.name, view.name) > 0);
      byId('cameras').insertBefore(card.element, next || null);
    }
    return card;
  }

  showLetters(letters) {
    byId('letters').hidden = letters.length === 0;
    const list = byId('letters').querySelector('ol');
    letters.forEach((letter, index) => {
      const row = list.children[index] || list.appendChild(fromTemplate('dead-letter'));
      setText(row.querySelector('.when'), `${duration(letter.ageMillis)} ago`);
      setText(row.querySelector('.who'), letter.camera);
      setText(row.querySelector('code'), letter.code);
      setText(row.querySelector('.why'), letter.message);
    });
    while (list.children.length > letters.length) {
      list.lastElementChild.remove();
    }
  }

  /** Ages advance between two messages. They stop when no more messages can come. */
  tick() {
    if (this.#state === 'running' || this.#state === 'failed') {
      const now = performance.now();
      this.#cards.forEach((card) => card.tick(now));
    }
  }
}

new Page().start();
