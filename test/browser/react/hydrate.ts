import { createElement, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { App, type AppProps } from './app.ts';

declare global {
  interface Window {
    appProps: Omit<AppProps, 'rest'>;
    hydrated?: boolean;
  }
}

startTransition(() => {
  hydrateRoot(document, createElement(App, { ...window.appProps, rest: Promise.resolve() }));
});
