// The names of what travels between the modules, and from the kernel: see frame.py.

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
type Point = [x: number, y: number];
type View = [left: number, right: number, bottom: number, top: number];
type Theme = "light" | "dark";
type Palette = typeof import("./palette.js").PALETTES.light;
type Hue = "real" | "fake" | "critic" | "move" | "slope" | "ink" | "muted"; // a palette's
type Write = (words: string, x: number, y: number, align: CanvasTextAlign,
  baseline: CanvasTextBaseline) => void;

// From a place of the data to pixels.
interface Place {
  (x: number, y: number, i?: number): Point;
  scale: number; // pixels of one unit
  size: number; // of the square
}

interface SquarePlace extends Place {
  back(px: number, py: number): Point;
}

// An array of the kernel, the last index running fastest.
interface Grid {
  data: Float32Array;
  shape: number[];
}

interface Arrows {
  kind: string;
  origin: Grid;
  vector: Grid;
}

// Curves over the run: arrays from a kernel, lists in a recording.
interface Series {
  step: Grid | number[];
  values: Record<string, Grid | (number | null)[]>;
}

type Curves = Record<"x" | "p" | "q" | "d" | "best", Grid>;

interface Measure {
  value: number;
  low: number | null;
  high: number | null;
  n: number;
}

interface Frame {
  step: number;
  first: number;
  head: number;
  view: View;
  real: Grid;
  fake: Grid;
  latent?: Grid;
  manifold?: Grid;
  manifold_start: Grid;
  manifold_mass?: Grid;
  heat?: Grid | null; // no map where the data lie on a line ...
  best?: Grid | null;
  curves?: Curves | null; // ... but curves
  gap: number | null;
  modes?: [hit: number, all: number] | null;
  covered?: number; // a recording has none
  accuracy: number;
  arrows: Arrows;
  losses: Series;
  charts: Series;
  divergences: Record<string, Measure>;
  bound: { measure: string; value: number; words: string } | null;
  sentence: string;
  settings: Record<string, any>;
}

// One of the ten phases of an update, as it is being shown.
interface Phase {
  arrays: Record<string, Grid>; // which there are depends on the phase: see slow.py
  began: number; // ms
}

// How a frame is to be drawn.
interface Look {
  theme: Theme;
  layers: Record<string, boolean>;
  morph: number; // from the noise, 0, to the samples, 1
  phase?: Phase | null;
  now: number; // ms
  ghost?: boolean; // all but the data's shadow steps back: somebody draws
}

interface Seeds { // many runs of one setting
  view: View;
  seeds: Grid;
  covered: Grid; // of the data, a seed and a step
  steps: Grid;
  fake: Grid;
  survival: Grid;
}

interface Portrait { // of a game of two numbers
  settings: Record<string, any>;
  constant: string;
  arrows: Grid;
  paths: Grid;
  values: Grid;
  sentence: string;
}

type Calibration = Record<string, { said: number[]; was: number[]; count: number[] }>;

interface Question { // of "You be the discriminator"
  sentence: string;
  alt: string;
  over: boolean;
  game: number;
  done: number;
  scores: [name: string, points: number, cost: number | null][];
  calibration: Calibration;
}

// What a face asks of its model: a part of anywidget's.
interface Model {
  get(name: string): any;
  on(name: string, hear: (...heard: any[]) => void): void;
  off(name: string, hear: (...heard: any[]) => void): void;
  send(content: object, callbacks?: undefined, buffers?: ArrayBuffer[]): void;
  isStatic?: boolean; // a recording on a page without a kernel
}

type Render = (page: { model: Model; el: HTMLElement }) => () => void; // returns its undoing

type Command = { do: string; lane?: string; values?: Record<string, any> }
  & Record<string, any>;
type Message = Record<string, any>; // the kernel's answer, beside its buffers
// Views of one lab stay together by four values that a source of frames may leave out: a
// question's `drive` ("start" or "stop": this view begins or ends to play), and an answer's
// `driver` (the view that plays, or null), `play` (updates just asked for) and `revision`
// (grows with every change of the lab; a look changes nothing).

interface Control<Value = any> {
  node: HTMLElement;
  input: HTMLInputElement | HTMLSelectElement;
  put(value: Value): void;
  rest(why: string | null): void; // it has no effect now, and why; null: it has
  get(): Value;
}

type Scale = "linear" | "share" | "log0" | "whole";

interface SliderOptions {
  label: string;
  low: number;
  high: number;
  value: number;
  scale?: Scale;
  step?: number;
  words?: (value: number) => string;
  late?: boolean; // to speak only when it is let go
  onmove: (value: number) => void;
}

interface MenuOptions {
  label: string;
  options: [name: string, text: string][];
  value?: string;
  onmove: (name: string) => void;
}

interface Line {
  x: ArrayLike<number>;
  y: ArrayLike<number | null>;
  colour: Hue;
  dash: number[];
}

interface Chart {
  lines: Line[];
  band?: [low: number, high: number] | null;
  rule?: number;
  moment?: number;
  theme: Theme;
  floor?: number; // values that the height holds at least;
  ceiling?: number; // no room is left below a floor
  end?: number; // the last step of the axis
}
