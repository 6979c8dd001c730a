// Draws the charts of a report. Everything it needs is on the page; it asks nobody for anything.
(function () {
  'use strict';

  const data = JSON.parse(document.getElementById('numbers').textContent);
  const HEIGHT = 190;
  const SYNC = 'run';
  const PICKS_MAX = 100;
  const FONT = '11px system-ui, sans-serif';
  const PRINTED_WIDTH = 330; // two charts beside each other on A4 and Letter

  // Green, amber and red are for verdicts alone.
  const LIGHT = {
    ink: '#1d2430', quiet: '#5b6575', grid: '#e6e9ee', shade: 'rgba(40, 50, 70, 0.09)',
    mark: '#3d4757', violated: '#3d4757', warm: 'rgba(40, 50, 70, 0.035)', paper: '#ffffff',
    lines: ['#2f5fd0', '#0e8794', '#8b5cd6', '#b4478f', '#8a6a3b', '#5b6575'],
    levels: {p50: '#8fb0f5', p95: '#2f5fd0', p99: '#1b2f7a', max: '#9aa3b2'},
  };
  const DARK = {
    ink: '#e8ebf0', quiet: '#9aa4b5', grid: '#2a313d', shade: 'rgba(220, 228, 245, 0.13)',
    mark: '#c3cbd8', violated: '#c3cbd8', warm: 'rgba(220, 228, 245, 0.04)', paper: '#151a22',
    lines: ['#7aa2ff', '#4fc3d0', '#b79cff', '#e58ac4', '#d0a87a', '#9aa4b5'],
    levels: {p50: '#4d6fc4', p95: '#7aa2ff', p99: '#c9d8ff', max: '#7d8798'},
  };
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  let printing = false;
  const theme = () => (dark.matches && !printing ? DARK : LIGHT);

  const times = data.times.split(' ').filter(t => t !== '').map(Number);
  const plots = [];

  // ---- numbers

  /** Reads what Packed wrote: numbers with spaces between, 3*5 for five threes, - for none. */
  function unpack(text) {
    const values = [];
    for (const token of text.split(' ')) {
      const [number, repeat] = token.split('*');
      const value = number === '-' ? null : Number(number);
      for (let i = repeat === undefined ? 1 : Number(repeat); i > 0; i--) values.push(value);
    }
    return values;
  }

  const unpacked = new Map();

  function column(track, name) {
    const key = track + ' ' + name;
    if (!unpacked.has(key)) {
      const values = unpack(data.tracks[track].columns[name]);
      while (values.length < times.length) values.push(null); // a run that ended early
      unpacked.set(key, values);
    }
    return unpacked.get(key);
  }

  /** Values between two gaps: a line cannot show them, a point can. */
  function alone(values) {
    const found = [];
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) found.push(i);
    }
    return found;
  }

  /** As many digits as mean something. */
  function digits(value, count) {
    if (value === 0) return '0';
    const text = Math.abs(value) >= Math.pow(10, count) ? String(Math.round(value)) : value.toPrecision(count);
    return text.includes('e') ? text : text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
  }

  /** The unit that reads best for numbers up to this, and what one of it is. */
  function scaleOf(unit, greatest) {
    const size = Math.abs(greatest);
    if (unit === 's') return size >= 1 || size === 0 ? [1, ' s'] : size >= 1e-3 ? [1e-3, ' ms'] : [1e-6, ' µs'];
    if (unit === 'ratio') return [0.01, ' %'];
    const bytes = unit.startsWith('B');
    const rest = bytes ? unit : unit === '' ? '' : ' ' + unit;
    const names = bytes ? [' ', ' k', ' M', ' G'] : ['', ' k', ' M', ' G'];
    let level = 0;
    while (level < 3 && size >= (bytes ? 1e3 : 1e5) * Math.pow(1e3, level)) level++;
    return [Math.pow(1e3, level), names[level] + rest.trimStart().replace(/^\//, ' /').replace(/^ \//, level || bytes ? '/' : ' /')];
  }

  function amount(value, unit) {
    if (value === null || value === undefined) return '–';
    const [one, name] = scaleOf(unit, value);
    return digits(value / one, 4) + name;
  }

  /** A time of the run, as scenario files write it: 1m30s. */
  function time(seconds) {
    if (seconds === 0) return '0s';
    if (Math.abs(seconds) < 1) return digits(seconds * 1e3, 4) + 'ms';
    let text = '';
    let rest = Math.round(seconds * 1e3) / 1e3;
    for (const [name, length] of [['h', 3600], ['m', 60]]) {
      const count = Math.floor(rest / length);
      if (count > 0) text += count + name;
      rest -= count * length;
    }
    rest = Math.round(rest * 1e3) / 1e3;
    return rest > 0 ? text + rest + 's' : text;
  }

  /** What stands below a chart: times of the run, or values of what was varied. */
  function place(value) {
    if (data.x === undefined) return time(value);
    return data.x.words === undefined ? amount(value, data.x.unit) : data.x.words[value] ?? '';
  }

  const ruler = document.createElement('canvas').getContext('2d');

  /** How far a word below the right end of a chart reaches beyond it. */
  function halfWidth(word) {
    ruler.font = FONT;
    return Math.ceil(ruler.measureText(word).width / 2);
  }

  // ---- zoom: one for all charts

  const whole = {min: data.begin ?? 0, max: data.end};
  let shown = whole;

  function zoom(min, max) {
    const span = max - min;
    if (!(span > 0) || span < (whole.max - whole.min) / 1e5) return;
    shown = {min: Math.max(whole.min, min), max: Math.min(data.end, max)};
    plots.forEach(plot => plot.setScale('x', shown));
    const isWhole = shown.min <= whole.min && shown.max >= whole.max;
    document.querySelector('.controls').hidden = isWhole;
    say(isWhole ? 'all of the ' + (data.x === undefined ? 'run' : 'range') : place(shown.min) + ' to ' + place(shown.max));
  }

  function say(words) {
    document.getElementById('range').textContent = words;
  }

  // ---- what lies behind the lines

  /** What happened to the run is on all charts; what is said of one property is on no other's. */
  function marksOf(chart) {
    const isOther = name => chart.judged === undefined ? data.measures.includes(name) && name !== chart.title : name !== chart.judged;
    return data.marks.filter(mark => mark.of === undefined || !isOther(mark.of));
  }

  function background(chart, figure) {
    return plot => {
      const {ctx, bbox} = plot;
      const colours = theme();
      const x = t => Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(t, 'x', true)));
      const inside = t => t >= plot.scales.x.min && t <= plot.scales.x.max;
      const ratio = uPlot.pxRatio;
      figure.dataset.marks = marksOf(chart).map(mark => mark.of || mark.number).join(' ');
      ctx.save();
      if (data.warmup > plot.scales.x.min) {
        ctx.fillStyle = colours.warm;
        ctx.fillRect(x(0), bbox.top, x(data.warmup) - x(0), bbox.height);
      }
      const rows = []; // where the last label of each row ends
      for (const mark of marksOf(chart)) {
        if (mark.to !== undefined) {
          ctx.fillStyle = colours.shade;
          ctx.fillRect(x(mark.from), bbox.top, Math.max(ratio, x(mark.to) - x(mark.from)), bbox.height);
        }
        if (inside(mark.from)) {
          ctx.strokeStyle = colours.mark;
          ctx.globalAlpha = 0.55;
          ctx.lineWidth = ratio;
          ctx.setLineDash(mark.kind === 'operator' ? [4 * ratio, 3 * ratio] : []);
          ctx.beginPath();
          ctx.moveTo(x(mark.from), bbox.top - 2 * ratio);
          ctx.lineTo(x(mark.from), bbox.top + bbox.height);
          ctx.stroke();
          ctx.setLineDash([]);
          ctx.globalAlpha = 1;
          ctx.fillStyle = colours.mark;
          ctx.font = 600 + ' ' + 10 * ratio + 'px system-ui, sans-serif';
          ctx.textAlign = 'center';
          ctx.textBaseline = 'bottom';
          const word = mark.of === chart.judged ? mark.short || mark.number : mark.number;
          const half = ctx.measureText(word).width / 2 + 2 * ratio;
          const at = x(mark.from);
          let row = rows.findIndex(end => at - half >= end);
          if (row < 0) row = rows.length;
          rows[row] = at + half;
          ctx.fillText(word, at, bbox.top + (row * 11 - 3) * ratio);
        }
      }
      ctx.fillStyle = colours.mark;
      for (const t of data.events || []) {
        if (inside(t)) {
          ctx.fillRect(x(t), bbox.top + bbox.height - 6 * ratio, ratio, 6 * ratio);
        }
      }
      const violations = chart.judged === undefined ? undefined : data.violations[chart.judged];
      ctx.fillStyle = colours.violated;
      for (const [from, to] of violations || []) {
        if (to < plot.scales.x.min || from > plot.scales.x.max) continue;
        ctx.fillRect(x(from), bbox.top, Math.max(2 * ratio, x(to) - x(from)), 4 * ratio);
      }
      ctx.restore();
    };
  }

  // ---- charts

  function colourOf(chart, line, place) {
    const colours = theme();
    if (line.bound) return colours.quiet;
    if (line.variant !== undefined) {
      return line.variant === 0 ? colours.ink : colours.lines[(line.variant - 1) % colours.lines.length];
    }
    const ofLevel = colours.levels[line.column];
    if (ofLevel !== undefined && !chart.plain) return ofLevel;
    return colours.lines[place % colours.lines.length];
  }

  function dashOf(line, place) {
    if (line.bound) return [6, 4];
    if (line.column === 'max') return [2, 2];
    const cycle = Math.floor((line.variant === undefined ? place : Math.max(0, line.variant - 1)) / 6);
    return [undefined, [6, 3], [2, 3]][cycle % 3];
  }

  function translucent(colour) {
    return colour + '2e';
  }

  function draw(figure, chart) {
    const holder = figure.querySelector('.plot');
    const columns = [times];
    const series = [{}];
    const bands = [];
    const legend = document.createElement('ul');
    legend.className = 'lines';
    const entries = [];
    let plot;

    // The first line is drawn last: what matters most lies on top.
    for (let place = chart.lines.length - 1; place >= 0; place--) {
      const line = chart.lines[place];
      const values = column(line.track, line.column);
      const members = [];
      if (line.band) {
        for (const edge of ['hi', 'lo']) {
          members.push(columns.length);
          columns.push(column(line.track, edge));
          series.push({stroke: 'transparent', width: 0, points: {show: false}});
        }
        const [high, low] = members;
        bands.push({series: [high, low], fill: () => translucent(colourOf(chart, line, place))});
      }
      const isolated = alone(values);
      members.push(columns.length);
      columns.push(values);
      series.push({
        stroke: () => colourOf(chart, line, place),
        width: line.column === 'max' || line.bound ? 1 : line.variant === 0 ? 2 : 1.5,
        dash: dashOf(line, place),
        points: {show: isolated.length > 0, size: 3, filter: () => isolated},
      });
      entries[place] = legendEntry(chart, line, place, members, () => plot);
    }
    legend.append(...entries.map(entry => entry.item));

    const width = () => (printing ? PRINTED_WIDTH : Math.max(200, holder.clientWidth));
    const axis = {stroke: () => theme().quiet, grid: {stroke: () => theme().grid, width: 1},
      ticks: {show: false}, font: FONT};
    plot = new uPlot({
      width: width(),
      height: HEIGHT,
      padding: [14, Math.max(12, 3 + halfWidth(place(whole.max))), 0, 0],
      legend: {show: false},
      scales: {
        x: {time: false, range: () => [shown.min, shown.max]},
        y: {range: (_, least, most) => {
          const low = least === null ? 0 : Math.min(0, least);
          const high = most === null || most <= low ? low + 1 : most;
          return [low, high + (high - low) * 0.06];
        }},
      },
      axes: [
        {...axis, size: 26, space: 64, values: (_, splits) => splits.map(place),
          incrs: data.x !== undefined ? undefined : [1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
            3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800]},
        {...axis, size: 58, space: 32, values: (u, splits) => {
          const [one, name] = scaleOf(chart.unit, u.scales.y.max);
          return splits.map(value => digits(value / one, 4) + name);
        }},
      ],
      series,
      bands,
      cursor: {
        y: false,
        points: {show: false},
        drag: {x: true, y: false, setScale: false},
        sync: {key: SYNC, filters: {pub: type => type !== 'mousedown' && type !== 'mouseup'}},
        bind: {dblclick: () => () => zoom(whole.min, whole.max)},
      },
      hooks: {
        drawClear: [background(chart, figure)],
        setSelect: [u => {
          if (u.select.width > 2) zoom(u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x'));
          u.setSelect({left: 0, width: 0, top: 0, height: 0}, false);
        }],
        setCursor: [u => entries.forEach(entry => entry.show(u.cursor.idx))],
      },
    }, columns, holder);
    holder.after(legend);
    plots.push(plot);
    keyboard(holder, chart, plot, entries);
    plot.refit = () => {
      if (Math.abs(plot.width - width()) > 1) plot.setSize({width: width(), height: HEIGHT});
      plot.redraw(false);
      entries.forEach(entry => entry.paint());
    };
    new ResizeObserver(() => printing || plot.refit()).observe(holder);
    figure.dataset.drawn = 'true';
    return plot;
  }

  function legendEntry(chart, line, place, members, plot) {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-pressed', 'true');
    const key = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    const stroke = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    key.setAttribute('class', 'swatch');
    key.setAttribute('aria-hidden', 'true');
    for (const [name, value] of [['x1', 0], ['x2', 18], ['y1', 5], ['y2', 5]]) stroke.setAttribute(name, value);
    const dash = dashOf(line, place);
    if (dash !== undefined) stroke.setAttribute('stroke-dasharray', dash.join(' '));
    key.append(stroke);
    const value = document.createElement('span');
    value.className = 'value';
    button.append(key, line.label, ' ', value);
    item.append(button);
    button.addEventListener('click', () => {
      const visible = button.getAttribute('aria-pressed') !== 'true';
      button.setAttribute('aria-pressed', String(visible));
      members.forEach(member => plot().setSeries(member, {show: visible}));
    });
    const values = column(line.track, line.column);
    const entry = {
      item,
      paint: () => stroke.setAttribute('stroke', colourOf(chart, line, place)),
      show: at => {
        value.textContent = line.bound ? amount(values[0], chart.unit)
          : at === null || at === undefined ? '' : amount(values[at], chart.unit);
      },
      words: at => line.label + ' ' + amount(values[at], chart.unit),
    };
    entry.paint();
    entry.show(null);
    return entry;
  }

  function keyboard(holder, chart, plot, entries) {
    holder.tabIndex = 0;
    holder.setAttribute('role', 'group');
    holder.setAttribute('aria-label', 'Chart of ' + chart.title + '. Arrows move the cursor, plus and minus zoom, zero shows all.');
    let at = null;
    holder.addEventListener('keydown', event => {
      const last = times.length - 1;
      const now = at ?? plot.cursor.idx ?? Math.round(last / 2);
      const step = event.shiftKey ? 10 : 1;
      const middle = times[now] ?? data.end / 2;
      const half = (shown.max - shown.min) / 2;
      switch (event.key) {
        case 'ArrowLeft': at = now - step; break;
        case 'ArrowRight': at = now + step; break;
        case 'Home': at = 0; break;
        case 'End': at = last; break;
        case '+': case '=': zoom(middle - half / 2, middle + half / 2); break;
        case '-': zoom(middle - half * 2, middle + half * 2); break;
        case '0': case 'Escape': zoom(whole.min, whole.max); break;
        default: return;
      }
      event.preventDefault();
      if (!/^Arrow|^Home$|^End$/.test(event.key)) return;
      at = Math.max(0, Math.min(last, at));
      plot.setCursor({left: plot.valToPos(times[at], 'x'), top: HEIGHT / 2});
      say('at ' + place(times[at]) + ': ' + entries.map(entry => entry.words(at)).join(', '));
    });
    holder.addEventListener('blur', () => {
      at = null;
      plot.setCursor({left: -10, top: -10});
    });
  }

  // Charts are drawn when they come near the window: a page of hundreds opens at once.
  const figures = [...document.querySelectorAll('figure[data-chart]')];
  const ensure = figure => {
    if (figure.dataset.drawn === undefined && times.length > 0) draw(figure, data.charts[Number(figure.dataset.chart)]);
  };
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) {
      if (entry.isIntersecting) {
        observer.unobserve(entry.target);
        ensure(entry.target);
      }
    }
  }, {rootMargin: '400px'});
  for (const figure of figures) { // what is in the window at once needs no observer
    const {top, bottom, width} = figure.getBoundingClientRect();
    if (width > 0 && bottom > -400 && top < window.innerHeight + 400) {
      ensure(figure);
    } else {
      observer.observe(figure);
    }
  }

  document.getElementById('all')?.addEventListener('click', () => zoom(whole.min, whole.max));
  dark.addEventListener('change', () => plots.forEach(plot => plot.refit()));
  window.addEventListener('beforeprint', () => {
    figures.filter(figure => figure.closest('details:not([open])') === null).forEach(ensure);
    document.querySelectorAll('.why details:not([open])').forEach(fold => {
      fold.open = true;
      fold.dataset.folded = '';
    });
    printing = true;
    plots.forEach(plot => plot.refit());
  });
  window.addEventListener('afterprint', () => {
    printing = false;
    document.querySelectorAll('.why details[data-folded]').forEach(fold => {
      fold.open = false;
      delete fold.dataset.folded;
    });
    plots.forEach(plot => plot.refit());
  });

  // ---- other series

  const picker = document.getElementById('picker');
  if (picker !== null) {
    const choices = data.tracks.map((track, place) => ({...track, place})).filter(track => track.name !== undefined);
    const chosen = new Set();
    const list = document.getElementById('picks');
    const search = document.getElementById('find');

    const drawChosen = () => {
      const target = document.getElementById('picked');
      for (const figure of target.children) {
        const gone = plots.indexOf(figure.plot);
        if (gone >= 0) plots.splice(gone, 1)[0].destroy();
      }
      target.replaceChildren();
      const byUnit = new Map();
      for (const place of chosen) {
        const unit = data.tracks[place].unit;
        if (!byUnit.has(unit)) byUnit.set(unit, []);
        const track = data.tracks[place];
        const main = track.columns.v === undefined ? 'p95' : 'v';
        byUnit.get(unit).push({label: track.name, track: place, column: main, band: track.columns.lo !== undefined});
      }
      for (const [unit, lines] of byUnit) {
        const figure = document.createElement('figure');
        figure.className = 'chart';
        const caption = document.createElement('figcaption');
        caption.textContent = unit === 's' ? 'seconds; p95 of durations' : unit === '' ? 'counts' : unit;
        const holder = document.createElement('div');
        holder.className = 'plot';
        figure.append(caption, holder);
        target.append(figure);
        figure.plot = draw(figure, {title: 'picked series', unit, lines, plain: true});
      }
    };

    const showChoices = () => {
      const words = search.value.toLowerCase().split(/\s+/);
      const found = choices.filter(track => words.every(word => track.name.toLowerCase().includes(word)));
      document.getElementById('found').textContent =
        found.length + ' of ' + choices.length + ' series' + (found.length > PICKS_MAX ? ', the first ' + PICKS_MAX + ' shown' : '');
      list.replaceChildren(...found.slice(0, PICKS_MAX).map(track => {
        const item = document.createElement('li');
        const label = document.createElement('label');
        const box = document.createElement('input');
        box.type = 'checkbox';
        box.checked = chosen.has(track.place);
        box.addEventListener('change', () => {
          if (box.checked) chosen.add(track.place); else chosen.delete(track.place);
          drawChosen();
        });
        label.append(box, ' ', track.name);
        item.append(label);
        return item;
      }));
    };
    search.addEventListener('input', showChoices);
    showChoices();
    picker.hidden = choices.length === 0;
  }
})();
