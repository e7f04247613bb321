import { type App, createSSRApp, h, onMounted, ref } from 'vue';

/** An island whose slot is marked once it is mounted: then Vue has hydrated it. */
export function createVueApp(items: readonly string[]): App {
  return createSSRApp({
    setup() {
      const list = ref<HTMLElement>();
      const count = ref(0);
      onMounted(() => {
        if (list.value) list.value.dataset.inklingSlot = 'grid';
      });
      const itemOf = (id: string) =>
        h('li', { key: id, 'data-inkling-item': id }, [h('input', { 'aria-label': id }), id]);
      return () =>
        h('div', [
          h('button', { id: 'count', onClick: () => count.value++ }, `count ${count.value}`),
          h('ul', { ref: list }, items.map(itemOf)),
        ]);
    },
  });
}
