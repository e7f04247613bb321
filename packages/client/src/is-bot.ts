/** Whether nobody looks at the page: a crawler that says so, or a browser that a program drives,
 * https://w3c.github.io/webdriver/#dom-navigatorautomationinformation-webdriver.
 * @param isTest a program may: it tests the site */
export function isBot(isTest: boolean): boolean {
  return (!isTest && navigator.webdriver) || /bot\b|crawl|spider/i.test(navigator.userAgent);
}
