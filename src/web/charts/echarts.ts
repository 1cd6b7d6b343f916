/** The parts of ECharts that the pictures are made of. Imported only when a picture is first shown. */
import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

// The canvas is for pictures that are copied, where the page's own typeface has to go with them.
use([CustomChart, LineChart, GridComponent, TooltipComponent, SVGRenderer, CanvasRenderer]);

export { init };
