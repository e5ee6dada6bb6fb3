// Draws the charts of the page from their data, and lets readers sort its tables. The language is
// an old one on purpose, so that every browser and the tests read it.
(function () {
  'use strict';

  var LIGHT = {
    text: '#1c2128', soft: '#57606a', line: '#d0d7de', back: '#ffffff', mark: '#b35900',
    hakmem: '#c2185b', control: '#d8a0b8', native: '#2f6db5', jvm: '#3f9a6b', other: '#6b7785'
  };
  var DARK = {
    text: '#e3e7ec', soft: '#9aa5b1', line: '#39424d', back: '#14181d', mark: '#e8a33d',
    hakmem: '#f06292', control: '#8a5068', native: '#64a0e8', jvm: '#5fc193', other: '#94a0ae'
  };
  var BAR_HEIGHT = 26;
  var LETTER = 6.6;
  var THICKNESS = 18;
  var dark = window.matchMedia ? window.matchMedia('(prefers-color-scheme: dark)') : null;
  var shown = [];

  function colours() {
    return dark && dark.matches ? DARK : LIGHT;
  }

  function figure(value) {
    var size = Math.abs(value);
    if (size >= 1000) {
      return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
    }
    if (value === Math.round(value)) {
      return String(value);
    }
    return size < 0.01 ? value.toPrecision(2) : value.toFixed(size >= 100 ? 1 : size >= 1 ? 2 : 3);
  }

  function interval(low, high) {
    return typeof low === 'number' ? figure(low) + ' to ' + figure(high) : '';
  }

  function escaped(text) {
    return echarts.format.encodeHTML(String(text));
  }

  function tip(name, unit, value, low, high, note) {
    var lines = ['<b>' + escaped(name) + '</b>', figure(value) + ' ' + escaped(unit)];
    if (interval(low, high)) {
      lines.push('interval ' + interval(low, high));
    }
    if (note) {
      lines.push(escaped(note));
    }
    return lines.join('<br>');
  }

  function shortened(text, most) {
    return text.length > most ? text.slice(0, most - 1) + '\u2026' : text;
  }

  // A name of two lines if one is too short for it: its end often is what tells it from others.
  function label(name, most) {
    var blank = name.length > most ? name.lastIndexOf(' ', most) : -1;
    return blank < 0
      ? shortened(name, most)
      : name.slice(0, blank) + '\n' + shortened(name.slice(blank + 1), most);
  }

  function marks(data, axis, colour) {
    return {
      silent: true,
      symbol: 'none',
      animation: false,
      lineStyle: { color: colour.mark, type: 'dashed', width: 1.5 },
      data: data.marks.map(function (mark, at) {
        var line = { name: mark.name };
        line[axis] = mark.value;
        line.label = {
          formatter: mark.name + ' ' + figure(mark.value),
          color: colour.mark,
          position: axis === 'yAxis' ? 'insideEndTop' : 'start',
          distance: axis === 'yAxis' ? 4 : 4 + 14 * at
        };
        return line;
      })
    };
  }

  // About as many lines as the legend takes: what is below it begins where it ends.
  function legendHeight(names, width) {
    var lines = 1;
    var used = 0;
    names.forEach(function (name) {
      var own = 32 + 7 * name.length;
      if (used > 0 && used + own > width) {
        lines++;
        used = 0;
      }
      used += own;
    });
    return names.length > 1 ? 8 + 21 * lines : 8;
  }

  function legendOf(data, names, colour) {
    return {
      show: names.length > 1,
      top: 0,
      left: 0,
      itemWidth: 14,
      itemHeight: 10,
      textStyle: { color: colour.text },
      data: names
    };
  }

  function base(colour) {
    return {
      animation: false,
      backgroundColor: colour.back,
      textStyle: { color: colour.text, fontFamily: 'system-ui, sans-serif' },
      tooltip: {
        confine: true,
        backgroundColor: colour.back,
        borderColor: colour.line,
        textStyle: { color: colour.text }
      }
    };
  }

  function valueAxis(name, colour) {
    return {
      type: 'value',
      name: name,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: { color: colour.soft },
      axisLabel: { color: colour.soft, hideOverlap: true },
      axisLine: { lineStyle: { color: colour.line } },
      splitLine: { lineStyle: { color: colour.line, opacity: 0.5 } }
    };
  }

  // The chart's own bars begin at 1 on a logarithmic axis, and those of less go to the left of it.
  function fromLeft(bars, key, least) {
    return function (params, api) {
      var bar = bars[params.dataIndex];
      if (bar.family !== key) {
        return { type: 'group', children: [] };
      }
      var begin = api.coord([least, params.dataIndex]);
      var end = api.coord([bar.value, params.dataIndex]);
      return {
        type: 'rect',
        shape: {
          x: begin[0], y: begin[1] - THICKNESS / 2, width: end[0] - begin[0], height: THICKNESS
        },
        style: { fill: api.visual('color') }
      };
    };
  }

  // The whiskers of an interval, and the value behind them.
  function whiskers(colour, bars) {
    return function (params, api) {
      var bar = bars[params.dataIndex];
      var at = api.value(0);
      var end = api.coord([bar.value, at]);
      var right = end[0];
      var children = [];
      if (typeof bar.low === 'number') {
        var low = api.coord([bar.low, at]);
        var high = api.coord([bar.high, at]);
        var stroke = { stroke: colour.text, lineWidth: 1.2 };
        [[low[0], low[1], high[0], high[1]],
          [low[0], low[1] - 4, low[0], low[1] + 4],
          [high[0], high[1] - 4, high[0], high[1] + 4]].forEach(function (line) {
          children.push({
            type: 'line',
            shape: { x1: line[0], y1: line[1], x2: line[2], y2: line[3] },
            style: stroke
          });
        });
        right = Math.max(right, high[0]);
      }
      children.push({
        type: 'text',
        style: {
          x: Math.max(right, api.coord([Math.max(0, bar.value), at])[0]) + 6,
          y: end[1],
          text: figure(bar.value),
          fill: colour.text,
          stroke: colour.back,
          lineWidth: 3,
          font: '12px system-ui, sans-serif',
          textVerticalAlign: 'middle'
        }
      });
      return { type: 'group', children: children };
    };
  }

  // The chart cuts what takes more than about a third of its width.
  function labelLength(width) {
    return Math.max(14, Math.min(44, Math.floor(0.29 * width / LETTER)));
  }

  // A multiple of a round step, so that the last figure of an axis does not meet the one before.
  function roundUp(value) {
    var step = Math.pow(10, Math.floor(Math.log(value) / Math.LN10)) / 2;
    return step * Math.ceil(value / step);
  }

  function bars(data, colour, width) {
    var keys = Object.keys(data.families);
    var names = data.bars.map(function (bar) { return bar.name; });
    var option = base(colour);
    var legend = keys.map(function (key) { return data.families[key]; }).filter(Boolean);
    option.legend = legendOf(data, legend, colour);
    option.grid = {
      left: 24, right: 70, bottom: 40, containLabel: true,
      top: legendHeight(legend, width) + (data.marks.length > 0 ? 6 + 14 * data.marks.length : 0)
    };
    option.tooltip.formatter = function (params) {
      var bar = data.bars[params.dataIndex];
      return tip(bar.name, data.unit, bar.value, bar.low, bar.high, bar.note);
    };
    option.xAxis = valueAxis(data.unit, colour);
    if (data.logarithmic) {
      var least = Math.min.apply(null, data.bars.map(function (bar) { return bar.value; }));
      option.xAxis.type = 'log';
      option.xAxis.min = Math.pow(10, Math.floor(Math.log(least) / Math.LN10));
    }
    option.yAxis = {
      type: 'category',
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour.line } },
      axisLabel: {
        color: colour.text,
        interval: 0,
        fontSize: 11,
        lineHeight: 12,
        formatter: function (name) { return label(name, labelLength(width)); }
      }
    };
    option.series = keys.map(function (key, at) {
      var series = {
        type: 'bar',
        name: data.families[key] || key,
        stack: 'all',
        barMaxWidth: THICKNESS,
        itemStyle: { color: colour[key] },
        data: data.bars.map(function (bar) { return bar.family === key ? bar.value : '-'; }),
        markLine: at === 0 && data.marks.length > 0 ? marks(data, 'xAxis', colour) : undefined
      };
      if (data.logarithmic) {
        series.type = 'custom';
        series.renderItem = fromLeft(data.bars, key, option.xAxis.min);
      }
      return series;
    });
    option.series.push({
      type: 'custom',
      renderItem: whiskers(colour, data.bars),
      encode: { y: 0, x: [1, 2, 3] },
      z: 5,
      data: data.bars.map(function (bar, at) {
        var low = typeof bar.low === 'number' ? bar.low : bar.value;
        var high = typeof bar.high === 'number' ? bar.high : bar.value;
        return [at, bar.value, low, high];
      })
    });
    // The axis is made for the bars; a mark beyond them must be seen too.
    var farthest = Math.max.apply(null, data.marks.map(function (mark) { return mark.value; }));
    option.xAxis.max = function (range) {
      return farthest > range.max ? roundUp(1.02 * farthest) : null;
    };
    return option;
  }

  function heightOfBars(data, width) {
    var names = Object.keys(data.families).map(function (key) { return data.families[key]; });
    return 61 + legendHeight(names.filter(Boolean), width) + 14 * data.marks.length + BAR_HEIGHT * data.bars.length;
  }

  function errorBars(line, colour, key) {
    return function (params, api) {
      var point = line.points[params.dataIndex];
      if (typeof point.low !== 'number') {
        return { type: 'group', children: [] };
      }
      var low = api.coord([point.x, point.low]);
      var high = api.coord([point.x, point.high]);
      return {
        type: 'line',
        shape: { x1: low[0], y1: low[1], x2: high[0], y2: high[1] },
        style: { stroke: colour[key], lineWidth: 1.5 }
      };
    };
  }

  function lines(data, colour, width) {
    var option = base(colour);
    var names = data.lines.map(function (line) { return line.name; });
    var palette = [colour.hakmem, colour.native, colour.jvm, colour.mark, colour.other];
    option.legend = legendOf(data, names, colour);
    option.grid = {
      left: 44, right: 24, bottom: 40, containLabel: true,
      top: 4 + legendHeight(names, width)
    };
    option.tooltip.formatter = function (params) {
      var line = data.lines[params.seriesIndex % data.lines.length];
      var point = line.points[params.dataIndex];
      return tip(line.name, data.unit, point.y, point.low, point.high,
        data.across + ' ' + figure(point.x));
    };
    option.xAxis = valueAxis(data.across, colour);
    option.xAxis.scale = true;
    option.yAxis = valueAxis(data.unit, colour);
    option.yAxis.nameGap = 44;
    option.series = data.lines.map(function (line, at) {
      return {
        type: 'line',
        name: line.name,
        symbolSize: line.points.length > 60 ? 3 : 7,
        lineStyle: { width: 2 },
        itemStyle: { color: palette[at % palette.length] },
        data: line.points.map(function (point) { return [point.x, point.y]; }),
        markLine: at === 0 && data.marks.length > 0 ? marks(data, 'yAxis', colour) : undefined
      };
    });
    data.lines.forEach(function (line, at) {
      option.series.push({
        type: 'custom',
        name: line.name,
        silent: true,
        renderItem: errorBars(line, { own: palette[at % palette.length] }, 'own'),
        encode: { x: 0, y: [1, 2, 3] },
        data: line.points.map(function (point) {
          return [point.x, point.y,
            typeof point.low === 'number' ? point.low : point.y,
            typeof point.high === 'number' ? point.high : point.y];
        })
      });
    });
    return option;
  }

  function draw(one) {
    var width = Math.max(260, one.place.clientWidth || 900);
    var height = one.data.kind === 'bars' ? heightOfBars(one.data, width) : 320;
    one.place.style.height = height + 'px';
    if (one.chart) {
      one.chart.dispose();
    }
    one.width = width;
    one.chart = echarts.init(one.place, null, { renderer: 'svg', width: width, height: height });
    one.chart.setOption((one.data.kind === 'bars' ? bars : lines)(one.data, colours(), width));
  }

  function drawAll() {
    shown.forEach(draw);
  }

  function save(one) {
    var link = document.createElement('a');
    link.href = one.chart.getDataURL({ type: 'svg' });
    link.download = one.data.title.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase() + '.svg';
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
  }

  function button(text, action) {
    var made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.addEventListener('click', action);
    return made;
  }

  function each(list, action) {
    Array.prototype.forEach.call(list, action);
  }

  function addCharts() {
    each(document.querySelectorAll('figure'), function (figure) {
      var one = {
        place: figure.querySelector('.chart'),
        data: JSON.parse(figure.querySelector('script').textContent)
      };
      shown.push(one);
      figure.querySelector('figcaption').appendChild(button('SVG', function () { save(one); }));
      draw(one);
    });
  }

  function keyOf(row, column) {
    var cell = row.cells[column];
    var text = cell ? cell.textContent.trim() : '';
    var number = parseFloat(text.replace(/,/g, ''));
    return isNaN(number) ? text : number;
  }

  function compare(a, b) {
    if (typeof a === typeof b) {
      return a < b ? -1 : a > b ? 1 : 0;
    }
    return typeof a === 'number' ? -1 : 1;
  }

  function sort(table, column, head) {
    var descending = head.getAttribute('aria-sort') !== 'descending';
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    rows.sort(function (one, other) {
      var order = compare(keyOf(one, column), keyOf(other, column));
      return descending ? -order : order;
    });
    each(table.querySelectorAll('th'), function (other) { other.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
    rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
  }

  function makeSortable(table) {
    each(table.querySelectorAll('th'), function (head, column) {
      var text = head.textContent;
      head.textContent = '';
      head.appendChild(button(text, function () { sort(table, column, head); }));
    });
  }

  addCharts();
  // For those who take the pictures by a script of their own.
  window.hakmemCharts = shown.map(function (one) {
    return {
      title: one.data.title,
      svg: function () { return one.chart.renderToSVGString(); }
    };
  });
  each(document.querySelectorAll('table'), makeSortable);
  window.addEventListener('resize', function () {
    shown.forEach(function (one) {
      if (one.place.clientWidth && one.place.clientWidth !== one.width) {
        draw(one);
      }
    });
  });
  if (dark && dark.addEventListener) {
    dark.addEventListener('change', drawAll);
  }
})();
