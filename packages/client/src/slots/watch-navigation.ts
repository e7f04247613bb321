/** Calls `onPage` when a script shows another page in this document: another path, whatever stands behind `?` and `#`.
 * @param patchHistory wraps `history.pushState` where there is no Navigation API. @returns the disposer */
export function watchNavigation(onPage: () => void, patchHistory = false): () => void {
  // Not in every browser: https://html.spec.whatwg.org/#navigation-api
  const { navigation = undefined } = window as { navigation?: EventTarget };
  let path = location.pathname;
  let stopped = false;
  const check = () => {
    if (stopped || location.pathname === path) return;
    path = location.pathname;
    onPage();
  };
  const event = navigation ? 'navigatesuccess' : 'popstate';
  const source = navigation ?? window;
  source.addEventListener(event, check);
  const unpatch = !navigation && patchHistory ? patch(check) : undefined;
  return () => {
    stopped = true;
    source.removeEventListener(event, check);
    unpatch?.();
  };
}

function patch(check: () => void): () => void {
  const { pushState } = history;
  const wrapped: History['pushState'] = (...call) => {
    pushState.apply(history, call);
    check();
  };
  history.pushState = wrapped;
  return () => {
    // Somebody may have wrapped it again: then it stays, and only calls through.
    if (history.pushState === wrapped) history.pushState = pushState;
  };
}
